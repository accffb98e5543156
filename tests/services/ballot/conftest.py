"""The ballot service on both databases, empty and with a congress in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.ballot.service import BallotService

from ...harness import Harness
from .congress import Congress


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
