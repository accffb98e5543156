"""The public board as the service reads it out."""

from __future__ import annotations

from typing import Any

import pytest

from ...harness import Harness
from .congress import refusal


@pytest.mark.parametrize("uuid", ["1" * 14, "0" * 14, "\x00" * 14, "１" * 14, "1" * 14 + "\n", "1"])
@pytest.mark.parametrize("method", ["get_election", "get_board_part", "get_annex_part"])
def test_what_is_no_election_is_not_found(ballot_service: Harness, method: str, uuid: str) -> None:
    """Whatever stands in the path, also what a database could not even compare with."""
    params: list[Any] = [] if method == "get_election" else [{"after": 0}]
    assert refusal(ballot_service.call, method, uuid, *params) == "not-found"
