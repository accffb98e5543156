"""Schemas: what the migrations make is what the tables say, however often and by however many."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from services.chassis import database, migrations, settings
from services.chassis.settings import SERVICES, Settings


@pytest.fixture
def url(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database."""
    if database_kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'service.db'}"
    else:
        server = request.getfixturevalue("postgres")
        yield server.create_database(f"m_{uuid.uuid4().hex}")


def of(service: str, url: str) -> Settings:
    """A service's settings with this database."""
    return settings.load(service, {"MINSHENG_DATABASE_URL": url})


@pytest.mark.parametrize("service", SERVICES)
def test_the_migrations_make_the_tables(service: str, url: str) -> None:
    """No difference is left, and a second run changes nothing."""
    for _ in range(2):
        migrations.upgrade(of(service, url))
    engine = database.create_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, migrations.metadata(service)) == []
    engine.dispose()


def test_two_that_migrate_at_once_do_it_once(url: str) -> None:
    """Replicas may all migrate at their start."""
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: migrations.upgrade(of("proposal", url)), range(4)))
    engine = database.create_engine(url)
    with engine.connect() as connection:
        versions = connection.execute(sa.text("SELECT version_num FROM alembic_version")).all()
    assert len(versions) == 1
    engine.dispose()
