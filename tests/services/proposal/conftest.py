"""What tests of this service begin with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.proposal.service import ProposalService

from ...harness import Harness
from .selection import Selection


@pytest.fixture
def proposal(serve: Callable[[Any], Harness]) -> Harness:
    """The service with two aspects."""
    harness = serve(ProposalService)
    for code, name in (("elderly-care", "养老"), ("health", "医疗")):
        harness.call("define_aspect", {"code": code, "name": name})
    return harness


@pytest.fixture
def selection(serve: Callable[[Any], Harness]) -> Selection:
    """The service with what candidates refer to."""
    return Selection(serve(ProposalService))
