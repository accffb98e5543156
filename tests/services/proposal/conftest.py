"""What several tests of this service need."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.proposal.service import ProposalService

from ...harness import Harness
from .selection import Selection


@pytest.fixture
def selection(serve: Callable[[Any], Harness]) -> Selection:
    """The service with what candidates refer to."""
    return Selection(serve(ProposalService))
