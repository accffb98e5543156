"""What many tests need: databases of both kinds, a broker of their own, services on them."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings

from services.chassis import migrations, settings

from .harness import Harness

# A busy machine is no reason to fail.
hypothesis_settings.register_profile("any-speed", deadline=None)
hypothesis_settings.load_profile("any-speed")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Any]:
    """A PostgreSQL server of the tests' own."""
    from deploy.local.postgres import PostgresServer

    server = PostgresServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A RabbitMQ node of the tests' own."""
    from deploy.local.broker import BrokerNode

    node = BrokerNode(tmp_path_factory.mktemp("broker"))
    node.start()
    yield node
    node.stop()


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The whole system as ``make up`` runs it: broker, four services, gateway; never at night."""
    from deploy.local.system import System

    chosen = {"MINSHENG_DRAIN": "5", "MINSHENG_BODY_LIMIT": "100000", "MINSHENG_JWKS": ""}
    chosen["MINSHENG_NIGHTLY"] = ""
    with System(tmp_path_factory.mktemp("system"), chosen=chosen) as running:
        yield running


@pytest.fixture(scope="session")
def belenios_tool() -> str:
    """Debian's ``belenios-tool``, which nobody here wrote; installed where it may be."""
    return _program("belenios-tool")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Debian's Chromium; installed where it may be, with letters for Chinese."""
    return _program("chromium", "fonts-noto-cjk")


def _program(name: str, *with_it: str) -> str:
    """A program of Debian by the name of its package; without it the test is skipped."""
    from deploy.local.packages import CannotInstall, install, may_install

    if shutil.which(name) is None:
        if not may_install():
            pytest.skip(f"{name} is missing, and only root can install it")
        try:
            install(name, *with_it)
        except CannotInstall as exc:
            pytest.skip(f"{name} cannot be installed: {exc}")
    found = shutil.which(name)
    assert found
    return found


@pytest.fixture(params=["sqlite", "postgresql"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Every test of storage runs on both."""
    kind: str = request.param
    return kind


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], str]:
    """Databases that have been migrated once, by service and kind; tests get copies."""
    return {}


@pytest.fixture
def migrated(
    request: pytest.FixtureRequest,
    database_kind: str,
    templates: dict[tuple[str, str], str],
    tmp_path: Path,
) -> Callable[[str], str]:
    """A function: service → URL of a fresh database with its schema."""

    def make(service: str) -> str:
        key = service, database_kind
        if database_kind == "sqlite":
            if key not in templates:
                folder = request.getfixturevalue("tmp_path_factory").mktemp("template")
                templates[key] = str(folder / f"{service}.db")
                _migrate(service, f"sqlite:///{templates[key]}")
            copy = tmp_path / f"{service}.db"
            shutil.copy(templates[key], copy)
            return f"sqlite:///{copy}"
        server = request.getfixturevalue("postgres")
        if key not in templates:
            templates[key] = f"template_{service}"
            _migrate(service, server.create_database(templates[key]))
        return _copied(server, templates[key])

    return make


def _migrate(service: str, url: str) -> None:
    migrations.upgrade(settings.load(service, {"MINSHENG_DATABASE_URL": url}))


def _copied(server: Any, template: str) -> str:
    name = f"t_{uuid.uuid4().hex}"
    url: str = server.create_database(name, template=template)
    return url


@pytest.fixture
def serve(migrated: Callable[[str], str], tmp_path: Path) -> Iterator[Callable[[Any], Harness]]:
    """A function: service class → the service on a fresh database, without its broker."""
    made: list[Harness] = []

    def make(cls: Any) -> Harness:
        made.append(Harness(cls, migrated(cls.name), tmp_path))
        return made[-1]

    yield make
    for harness in made:
        harness.close()
