"""Houses for the tests: shared ones that run all the time, and fresh ones to be broken."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from .house import SERVICES, House

#: A function: kind of database → a house of one's own, nothing in it running yet.
Builder = Callable[..., House]
Houses = dict[str, House]


@pytest.fixture(scope="session")
def build(
    request: pytest.FixtureRequest, broker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Builder]:
    """Builds houses on the tests' broker; they are closed at the end at the latest."""
    made: list[House] = []

    def make(kind: str = "sqlite", services: Sequence[str] = ("notes", "reader")) -> House:
        folder = tmp_path_factory.mktemp("house")

        def url(service: str) -> str:
            if kind == "sqlite":
                return f"sqlite:///{folder / (service + '.db')}"
            server = request.getfixturevalue("postgres")
            found: str = server.create_database(f"h_{service}_{uuid.uuid4().hex}")
            return found

        made.append(House(broker, folder, url, services))
        return made[-1]

    yield make
    for house in made:
        house.close()


@pytest.fixture(scope="session")
def houses() -> Houses:
    """The shared houses, by kind of database."""
    return {}


def shared(kind: str, houses: Houses, build: Builder) -> House:
    """The shared house on one kind of database."""
    if kind not in houses:
        houses[kind] = build(kind, tuple(SERVICES)).declare()
        houses[kind].start_all("notes", "reader", "gateway")
    return houses[kind]


@pytest.fixture
def house(database_kind: str, houses: Houses, build: Builder) -> House:
    """Notes, reader and front, running, on each kind of database.

    Shared, so that a test leaves it as it found it.
    """
    return shared(database_kind, houses, build)


@pytest.fixture
def sqlite_house(houses: Houses, build: Builder) -> House:
    """The shared one on SQLite, for what has nothing to do with the database."""
    return shared("sqlite", houses, build)


@pytest.fixture
def own_house(build: Builder) -> Iterator[House]:
    """One of the test's own on SQLite, to be broken; declared, nothing running."""
    made = build().declare()
    yield made
    made.close()


@pytest.fixture
def own_house_on_each(database_kind: str, build: Builder) -> Iterator[House]:
    """The same on each kind of database."""
    made = build(database_kind).declare()
    yield made
    made.close()
