"""Checking (查验): that a ballot was opened is noted, by the hash that its client committed to.

Three transactions, as in casting: what is stored of a ballot that was opened and how many each
deputy had opened stand in two records that share nothing.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from services.chassis.work import UnitOfWork
from services.commons.errors import Conflict

from ..annex import chain
from ..board_key import unseal
from ..model.board import Openings, SpoiledBallot
from ..model.election import Election, State, seen
from ..queries import elections as queries
from .casting import check_may_vote
from .locking import locked

#: Ballots that one deputy may have opened to check them; as many on average end it for all.
MOST_SPOILED = 10


def is_new(session: Session, uuid: str, hash_: str, deputy_id: str) -> bool:
    """Whether this ballot is still to be noted as opened; False if it was.

    Raises Conflict or Forbidden if it may not be, by this login or at all.
    """
    election = queries.find_election(session, uuid)
    election.must_be(State.OPEN)
    check_may_vote(session, election, deputy_id)
    if queries.is_spoiled(session, election, hash_):
        return False
    _check(session, election, hash_)
    _check_own(session.get_one(Openings, election.id), deputy_id)
    return True


def count(uuid: str, deputy_id: str, uow: UnitOfWork) -> None:
    """She has one more ballot opened; in a transaction of its own, so that no row links it.

    It comes first: a process that ends in between leaves one too many, and never a way around.
    """
    election = queries.find_election(uow.session, uuid)
    openings = uow.session.get_one(Openings, election.id, with_for_update=True)
    _check_own(openings, deputy_id)
    openings.count(deputy_id)


def spoil(command: dict[str, Any], uow: UnitOfWork) -> Election:
    """Note that a ballot was opened to check it; a second time changes nothing."""
    election = locked(command["id"], uow)
    election.must_be(State.OPEN)
    if queries.is_spoiled(uow.session, election, command["hash"]):
        return election
    _check(uow.session, election, command["hash"])
    uow.session.add(SpoiledBallot(election_id=election.id, hash=command["hash"]))
    key = unseal(election, uow.keys)
    uow.session.add(election.note(chain.SPOILED, {"hash": command["hash"]}, key))
    return election


def _check_own(openings: Openings, deputy_id: str) -> None:
    if openings.of(deputy_id) >= MOST_SPOILED:
        raise Conflict(
            "too-many-spoiled",
            f"you have had {MOST_SPOILED} ballots opened to check them, which is the most",
            f"您已查验 {MOST_SPOILED} 张票,达到上限",
        )


def _check(session: Session, election: Election, hash_: str) -> None:
    if queries.any_seen(session, election, seen([hash_])):
        # The board is public: anybody could else spoil what others have cast, and no archive that
        # holds both a ballot and its spoiling verifies.
        raise Conflict(
            "ballot-cast",
            "this ballot stands on the board: it was cast, and can no more be opened",
            "该票已投出,不能再作查验",
        )
    if queries.count_spoiled(session, election) >= MOST_SPOILED * election.manifest["roll"]:
        raise Conflict(
            "too-many-spoiled", "too many ballots were opened to check them", "查验票数过多"
        )
