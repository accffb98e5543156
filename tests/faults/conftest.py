"""Houses to be broken, as in ``tests/chassis``, and databases to be killed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from deploy.local.postgres import PostgresServer

from ..chassis.conftest import build, own_house, own_house_on_each

__all__ = ["build", "own_house", "own_house_on_each"]


@pytest.fixture
def databases(database_kind: str) -> Iterator[list[PostgresServer]]:
    """The server that keeps a service's database, if it is one that can be killed."""
    if database_kind == "sqlite":
        yield []
        return
    server = PostgresServer()
    server.start()
    yield [server]
    server.stop()
