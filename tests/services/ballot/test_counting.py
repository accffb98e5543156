"""What is counted is what was marked: every kind of ballot, blank ones, papers beside them."""

from __future__ import annotations

from typing import Any

import pytest

from services.ballot.annex.copying import Mark
from services.ballot.belenios.refused import Refused
from services.commons.errors import Conflict, Forbidden, Invalid

from .stages import TICKS, Stages, counted, refused, ticks
from .voting import NEITHER, NO, YES, Vote

EXACTLY: Any = {"choice": "tick-exactly", "undervote": "void"}
EACH: Any = {"choice": "approve-oppose-abstain"}
BOTH: Any = {"choice": "approve-oppose-abstain-up-to"}
PREVENTED: Any = {"electronic": {"overvote": "prevented"}}
IN_2048: Any = {"electronic": {"overvote": "blank", "group": "BELENIOS-2048"}}


def held(vote: Vote, ballots: list[list[Mark] | None]) -> Any:
    """Cast these in order, None a blank one, and have them tallied."""
    for deputy, marks in enumerate(ballots):
        vote.vote(deputy, *(marks or []), blank=marks is None)
    tallied = vote.finish(("a", "c"))
    assert vote.broken() == []
    return tallied


def plain(ballots: list[list[Mark] | None]) -> list[tuple[int, int, int]]:
    """A plain count: approve, oppose and abstain of each project, on the ballots not blank."""
    valid = [one for one in ballots if one is not None]
    return [
        (column.count(YES), column.count(NO), column.count(NEITHER))
        for column in zip(*valid, strict=True)
    ]


MARKED: dict[str, tuple[Any, list[list[Mark] | None]]] = {
    "up to two": (TICKS, [ticks(0), ticks(0, 1), ticks(), ticks(2, 1), ticks(1), ticks(0)]),
    "exactly two": (
        EXACTLY | PREVENTED,
        [ticks(0, 1), ticks(0, 2), ticks(1, 2), ticks(0, 1), ticks(0, 1)],
    ),
    "exactly two, or blank": (
        EXACTLY,
        [ticks(0, 1), None, ticks(0, 2), ticks(1, 2), ticks(0, 1), ticks(0, 1)],
    ),
    "each": (
        EACH | PREVENTED,
        [[YES, YES, YES], [NO, NO, NO], [NEITHER] * 3, [YES, NO, NEITHER], [YES, YES, NO]],
    ),
    "each, or blank": (EACH, [[YES, YES, YES], None, None, [NO, YES, NEITHER], [YES, NO, NO]]),
    "both": (
        BOTH | PREVENTED,
        [[YES, YES, NO], [NO, NO, NO], [NEITHER] * 3, [YES, NO, NEITHER], [NO, YES, YES]],
    ),
    "both, or blank": (BOTH, [[YES, YES, NO], None, [NEITHER] * 3, [YES, NO, YES], [NO, YES, YES]]),
    "in the larger group": (
        BOTH | IN_2048,
        [[YES, YES, NO], None, [NO] * 3, [YES] + [NO] * 2, None],
    ),
    "nothing but blank": (BOTH, [None] * 5),
    "nothing": (TICKS, [ticks()] * 5),
}


@pytest.mark.parametrize("what", MARKED)
def test_the_count_is_a_plain_count(stage: Stages, what: str) -> None:
    """Blank ballots are invalid papers; everything verifies with the annex."""
    rules, ballots = MARKED[what]
    vote = stage(**rules)
    held(vote, ballots)
    count = vote.shown()["rounds"][0]["count"]
    blank = ballots.count(None)
    assert (count["issued"], count["returned"]) == (8, len(ballots))
    assert (count["valid"], count["invalid"]) == (len(ballots) - blank, blank)
    expected = plain(ballots) or [(0, 0, 0)] * 3
    assert counted(vote) == expected


def test_least_and_most_are_proven(stage: Stages) -> None:
    """Exactly two of three: no ballot of one or three can be made."""
    vote = stage(**EXACTLY, **PREVENTED)
    asked = vote.election.questions[0]
    assert (asked.min, asked.max) == (2, 2)
    for marks in (ticks(), ticks(0), ticks(0, 1, 2)):
        with pytest.raises(Refused, match="not allowed"):
            vote.made(0, *marks)


def five_credentials(vote: Vote) -> None:
    """Five of nine hold a credential and vote; the four others are on paper."""
    vote.register_all(5)
    vote.make_keys()
    vote.open()
    for deputy in range(5):
        vote.issue(vote.present[deputy])
        vote.vote(deputy, *ticks(0, 1))


def test_papers_join(stage: Stages) -> None:
    """Entered by one and confirmed by another while the vote runs; the sum is what decides."""
    vote = stage(five_credentials, **TICKS, present=9)
    ballot = vote.shown()
    papers = vote.congress.enter(ballot, 4, 0, 1, voting=4, ticks=True)
    with refused(vote, "same-scrutineer", Forbidden):
        vote.congress.confirm(papers, subject="a")
    vote.congress.confirm(papers)
    vote.finish()
    assert [one[0] for one in counted(vote)] == [9, 5, 1]
    count = vote.shown()["rounds"][0]["count"]
    assert (count["medium"], count["returned"]) == ("electronic-and-paper", 9)
    assert vote.broken() == []


def test_papers_wait_for_their_confirmation(stage: Stages) -> None:
    """No result while they are entered and not confirmed; nothing of it stands on the board."""
    vote = stage(five_credentials, **TICKS, present=9)
    papers = vote.congress.enter(vote.shown(), 4, 0, 1, voting=4, ticks=True)
    vote.close()
    vote.cosign("a")
    vote.cosign("b")
    with refused(vote, "papers-not-confirmed", Conflict):
        vote.decrypt("a")
    vote.congress.confirm(papers)
    vote.decrypt("a")
    vote.decrypt("b")
    vote.tally()
    assert vote.shown()["state"] == "decided"


def test_a_confirmed_count_of_papers_stays(stage: Stages) -> None:
    """Neither replaced nor confirmed again, while the vote runs, after it, and by nobody."""
    vote = stage(five_credentials, **TICKS, present=9)
    papers = vote.congress.enter(vote.shown(), 4, 0, 1, voting=4, ticks=True)
    replaced = vote.congress.enter(vote.shown(), 4, 0, 0, voting=4, ticks=True)
    vote.congress.confirm(replaced)
    for step in (vote.close, lambda: None):
        with refused(vote, "papers-confirmed", Conflict):
            vote.congress.enter(vote.shown(), 0, 4, 1, voting=4, ticks=True)
        with refused(vote, "papers-confirmed", Conflict):
            vote.congress.confirm(papers)
        step()
    vote.cosign("a")
    vote.cosign("b")
    vote.decrypt("a")
    vote.decrypt("b")
    vote.tally()
    assert [one[0] for one in counted(vote)] == [9, 5, 0]


def test_no_papers_are_entered_once_anybody_has_decrypted(stage: Stages) -> None:
    """They could be chosen by the electronic result; it stands alone then."""
    vote = stage(five_credentials, **TICKS, present=9)
    ballot = vote.shown()
    vote.close()
    vote.cosign("a")
    vote.cosign("b")
    vote.decrypt("a")
    with refused(vote, "decryption-begun", Conflict):
        vote.congress.enter(ballot, 4, 0, 1, voting=4, ticks=True)
    vote.decrypt("b")
    vote.tally()
    assert [one[0] for one in counted(vote)] == [5, 5, 0]


@pytest.mark.parametrize("number", [3, 5])
def test_papers_that_cannot_join(stage: Stages, number: int) -> None:
    """Fewer than the method's least would be known; more than are present cannot be.

    It is found out before anybody decrypts, so that the round can still be held again.
    """
    vote = stage(five_credentials, **TICKS, present=9)
    papers = vote.congress.enter(vote.shown(), 1, 0, 0, voting=number, ticks=True)
    vote.congress.confirm(papers)
    vote.close()
    vote.cosign("a")
    vote.cosign("b")
    with refused(vote, "counts-cannot-join", Invalid):
        vote.decrypt("a")
