"""The public board as the service reads it out."""

from __future__ import annotations

from typing import Any

import pytest

from services.ballot.queries import elections

from ...harness import Harness
from .congress import refusal
from .stages import TICKS, Stages, ticks


@pytest.mark.parametrize("uuid", ["1" * 14, "0" * 14, "\x00" * 14, "１" * 14, "1" * 14 + "\n", "1"])
@pytest.mark.parametrize("method", ["get_election", "get_board_part", "get_annex_part"])
def test_what_is_no_election_is_not_found(ballot_service: Harness, method: str, uuid: str) -> None:
    """Whatever stands in the path, also what a database could not even compare with."""
    params: list[Any] = [] if method == "get_election" else [{"after": 0}]
    assert refusal(ballot_service.call, method, uuid, *params) == "not-found"


def test_a_part_reads_few_rows(stage: Stages, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a call answers with is all that it reads, and part by part nothing is lost."""
    vote = stage(**TICKS)
    for deputy in range(3):
        vote.vote(deputy, *ticks(0))
    archive, annex = vote.archive(), vote.annex()
    monkeypatch.setattr(elections, "ROWS", 2)
    read: list[int] = []

    def fit(rows: list[Any], size: Any) -> list[Any]:
        read.append(len(rows))
        return rows

    monkeypatch.setattr(elections, "_as_many_as_fit", fit)
    assert (vote.archive(), vote.annex()) == (archive, annex)
    assert len(read) > 5 and max(read) == 2
    part = vote.ballot.call("get_board_part", vote.uuid, {"after": 1})
    assert ([one["number"] for one in part["members"]], part["left"]) == ([2, 3], 8)


def test_a_receipt_needs_no_ballot_box(stage: Stages) -> None:
    """Whoever looks herself up waits for nobody who casts: the service itself answers."""
    vote = stage(**TICKS)
    receipt = vote.vote(0, *ticks(0))
    vote.box.close()
    params = {"tracker": receipt["tracker"]}
    assert vote.ballot.call("get_receipt", vote.uuid, params, roles=()) == receipt
    assert refusal(vote.ballot.call, "get_receipt", vote.uuids[1], params) == "not-found"
    params = {"tracker": "A" * 43}
    assert refusal(vote.ballot.call, "get_receipt", vote.uuid, params) == "not-found"
