"""The ballot service on both databases, empty and with a congress in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from services.ballot.service import BallotService

from ...harness import Harness
from .congress import Congress
from .stages import Stages
from .voting import Vote


@pytest.fixture
def ballot_service(serve: Callable[[Any], Harness]) -> Harness:
    """The service, empty."""
    return serve(BallotService)


@pytest.fixture
def congress(ballot_service: Harness) -> Congress:
    """A congress ready to vote on three candidates for two seats, eight of nine present."""
    made = Congress(ballot_service)
    made.sign_in(8)
    return made


@pytest.fixture(scope="session")
def prepared_votes() -> dict[Any, Vote]:
    """Electronic votes that were prepared once, by kind of database, step and rules."""
    return {}


@pytest.fixture
def stage(
    request: pytest.FixtureRequest,
    prepared_votes: dict[Any, Vote],
    migrated: Callable[[str], str],
) -> Iterator[Stages]:
    """A function: rules → an electronic vote that is open, on a fresh copy of its database."""
    stages = Stages(request, prepared_votes, migrated)
    yield stages
    stages.close()
