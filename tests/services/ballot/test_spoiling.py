"""Ballots that are opened to check them: never cast, and never spoiled by others once cast."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...harness import Harness
from .congress import refusal
from .voting import NO, YES, Vote

Serve = Callable[[Any], Harness]


def spoil(vote: Vote, deputy: int, hash_: str) -> Any:
    """Note a ballot as opened, with a deputy's login."""
    how = {"roles": ("deputy",), "subject": vote.congress.deputies[deputy]}
    return vote.box.call("spoil_ballot", vote.uuid, {"hash": hash_}, **how)


def test_an_opened_ballot_is_never_cast(serve: Serve) -> None:
    """Its voter makes another one, which is; noting it twice changes nothing."""
    vote = Vote(serve).ready()
    opened = vote.made(0, YES, NO, NO)
    spoil(vote, 0, opened.unsigned_hash)
    lines = spoil(vote, 0, opened.unsigned_hash)["annex_lines"]
    assert spoil(vote, 1, opened.unsigned_hash)["annex_lines"] == lines
    assert refusal(vote.cast, 0, opened) == "ballot-spoiled"
    vote.vote(0, YES, NO, NO)
    assert vote.broken() == []


def test_a_ballot_that_was_cast_cannot_be_spoiled(serve: Serve) -> None:
    """Neither by another deputy, who reads its hash on the board, nor by its voter."""
    vote = Vote(serve).ready()
    ballot = vote.made(0, YES, NO, NO)
    vote.cast(0, ballot)
    for deputy in (0, 1):
        assert refusal(spoil, vote, deputy, ballot.unsigned_hash) == "ballot-cast"
    assert vote.broken() == []
