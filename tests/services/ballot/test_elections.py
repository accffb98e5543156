"""An electronic vote on both databases: prepared, held, closed, tallied, verified by anybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...harness import Harness
from .voting import NEITHER, NO, YES, Vote

Serve = Callable[[Any], Harness]


def test_a_whole_vote(serve: Serve) -> None:
    """Eight of nine vote in kind 3; the count is a plain count; the archive and annex verify."""
    vote = Vote(serve, choice="approve-oppose-abstain-up-to").ready()
    for deputy in range(5):
        vote.vote(deputy, YES, YES, NO)
    vote.vote(5, NO, YES, NEITHER)
    vote.vote(6, YES, NEITHER, NO)
    assert vote.broken() == []
    tallied = vote.finish()
    assert (tallied["cast"], tallied["issued"], tallied["not_cast"]) == (7, 8, 1)
    shown = vote.shown()
    counts = [(v["approve"], v["oppose"], v["abstain"]) for v in shown["verdicts"]]
    assert counts == [(6, 1, 0), (6, 0, 1), (0, 6, 1)]
    assert shown["state"] == "decided"
    assert vote.broken() == []
