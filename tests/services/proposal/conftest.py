"""The service that tests of the collection begin with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.proposal.service import ProposalService

from ...harness import Harness


@pytest.fixture
def proposal(serve: Callable[[Any], Harness]) -> Harness:
    """The service with two aspects."""
    harness = serve(ProposalService)
    for code, name in (("elderly-care", "养老"), ("health", "医疗")):
        harness.call("define_aspect", {"code": code, "name": name})
    return harness
