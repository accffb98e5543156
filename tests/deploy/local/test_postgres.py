"""A private PostgreSQL server."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from deploy.local import ports
from deploy.local.postgres import PostgresServer


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    """A server that these tests may end."""
    server = PostgresServer()
    server.start()
    yield server
    server.stop()


def test_databases_are_made_empty_or_as_copies(server: PostgresServer) -> None:
    """A copy holds what its template held, and is a database of its own."""
    with _database(server.create_database("first")) as connection:
        connection.execute(sa.text("CREATE TABLE thing AS SELECT 1 AS number"))
    with _database(server.create_database("a copy", template="first")) as connection:
        connection.execute(sa.text("INSERT INTO thing VALUES (2)"))
        assert connection.scalar(sa.text("SELECT count(*) FROM thing")) == 2
    with _database(server.url("first")) as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM thing")) == 1


@pytest.mark.parametrize("way", ["pause", "kill"])
def test_committed_rows_survive_an_end_of_the_server(server: PostgresServer, way: str) -> None:
    """The same address and data serve again after a pause, and after a crash."""
    url = server.create_database(way)
    with _database(url) as connection:
        connection.execute(sa.text("CREATE TABLE thing AS SELECT 1 AS number"))
    getattr(server, way)()
    assert ports.is_free(server.port)
    server.start()
    with _database(url) as connection:
        assert connection.scalar(sa.text("SELECT number FROM thing")) == 1


def test_a_password_is_asked_for(server: PostgresServer) -> None:
    """Others on the machine cannot connect."""
    url = server.url().replace(server.password, "wrong")
    with pytest.raises(sa.exc.OperationalError, match="password"), _database(url):
        pass


def test_stop_leaves_nothing() -> None:
    """Process and files are gone, also with a client still connected."""
    server = PostgresServer(durable=True)
    server.start()
    folder = server._folder
    assert folder
    assert folder.is_dir()
    engine = sa.create_engine(server.url(), poolclass=sa.NullPool)
    with contextlib.suppress(sa.exc.DBAPIError), engine.connect() as connection:
        assert connection.scalar(sa.text("SHOW fsync")) == "on"
        server.stop()
    assert not Path(folder).exists()
    assert ports.is_free(server.port)


@contextlib.contextmanager
def _database(url: str) -> Iterator[sa.Connection]:
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        yield connection
