"""Cast or check: a ballot is either opened to a second device or cast, never both."""

from __future__ import annotations

from services.commons.errors import Conflict

from .stages import TICKS, Stages, refused, ticks


def test_a_ballot_that_was_opened_is_not_cast(stage: Stages) -> None:
    """Cast or check: what a second device has seen is no secret any more."""
    vote = stage(**TICKS)
    ballot = vote.made(0, *ticks(0))
    for _ in range(2):
        vote.box.call("spoil_ballot", vote.uuid, {"hash": ballot.unsigned_hash}, roles=("deputy",))
    assert b"spoiled" in vote.annex()
    with refused(vote, "ballot-spoiled", Conflict):
        vote.cast(0, ballot)
    vote.vote(0, *ticks(0))
    assert vote.broken() == []


def test_a_cast_ballot_is_not_noted_as_opened(stage: Stages) -> None:
    """Else anybody could make a board that no program verifies."""
    vote = stage(**TICKS)
    ballot = vote.made(0, *ticks(0))
    vote.cast(0, ballot)
    with refused(vote, "ballot-cast", Conflict):
        vote.box.call("spoil_ballot", vote.uuid, {"hash": ballot.unsigned_hash}, roles=("deputy",))
    assert vote.broken() == []


def test_a_flood_of_opened_ballots_ends(stage: Stages) -> None:
    """Ten for each on the roll, on average; a repeat adds nothing to them."""
    vote = stage(**TICKS)
    for n in range(90):
        hash_ = f"{n:042d}A"
        vote.box.call("spoil_ballot", vote.uuid, {"hash": hash_}, roles=("deputy",))
    with refused(vote, "too-many-spoiled", Conflict):
        vote.box.call("spoil_ballot", vote.uuid, {"hash": "B" * 43}, roles=("deputy",))
    vote.box.call("spoil_ballot", vote.uuid, {"hash": f"{0:042d}A"}, roles=("deputy",))
    assert vote.annex().count(b'"spoiled"') == 90
