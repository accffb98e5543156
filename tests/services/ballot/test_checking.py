"""Cast or check: a ballot is either opened to a second device or cast, never both."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from services.commons.errors import Conflict, Forbidden

from .stages import TICKS, Stages, refused, ticks
from .voting import Vote


def spoil(vote: Vote, deputy: int, hash_: str, **how: Any) -> Any:
    """Note a ballot as opened, with a deputy's login."""
    given = {"roles": ("deputy",), "subject": vote.congress.deputies[deputy]} | how
    return vote.box.call("spoil_ballot", vote.uuid, {"hash": hash_}, **given)


def test_a_ballot_that_was_opened_is_not_cast(stage: Stages) -> None:
    """Cast or check: what a second device has seen is no secret any more."""
    vote = stage(**TICKS)
    ballot = vote.made(0, *ticks(0))
    for _ in range(2):
        spoil(vote, 0, ballot.unsigned_hash)
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
        spoil(vote, 0, ballot.unsigned_hash)
    assert vote.broken() == []


def test_who_may_not_vote_opens_nothing(stage: Stages) -> None:
    """Neither an outsider, nor a deputy without a credential or who has not signed in."""
    vote = stage(**TICKS)
    absent = vote.congress.deputies[-1]
    assert absent not in vote.present
    for subject in ("nobody-of-this-congress", absent):
        with refused(vote, "no-credential-issued", Forbidden):
            spoil(vote, 0, "B" * 43, subject=subject)


def test_one_login_opens_ten(stage: Stages) -> None:
    """And leaves to the others what is theirs; a repeat adds nothing, and no hash is kept of it."""
    vote = stage(**TICKS)
    for n in range(10):
        for _ in range(2):
            spoil(vote, 0, f"{n:042d}A")
    with refused(vote, "too-many-spoiled", Conflict):
        spoil(vote, 0, "B" * 43)
    spoil(vote, 0, f"{0:042d}A")
    spoil(vote, 1, "B" * 43)
    assert vote.annex().count(b'"spoiled"') == 11
    with vote.ballot.engine.connect() as connection:
        (row,) = connection.execute(sa.select(vote.ballot.metadata.tables["openings"])).all()
    first, second = vote.congress.deputies[:2]
    assert row.number == {first: 10, second: 1}
    assert list(row.number) == sorted(row.number)


def test_a_flood_of_opened_ballots_ends(stage: Stages) -> None:
    """Ten for each on the roll, on average, whoever they were; a repeat adds nothing to them."""
    vote = stage(**TICKS)
    tables = vote.ballot.metadata.tables
    with vote.ballot.engine.begin() as connection:
        id_ = connection.scalar(sa.select(tables["elections"].c.id))
        rows = [{"election_id": id_, "hash": f"{n:042d}A"} for n in range(89)]
        connection.execute(tables["spoiled_ballots"].insert(), rows)
    spoil(vote, 0, "A" * 43)
    with refused(vote, "too-many-spoiled", Conflict):
        spoil(vote, 0, "B" * 43)
    spoil(vote, 0, "A" * 43)
    assert vote.annex().count(b'"spoiled"') == 1
