"""Elections for a command: locked, so that what is read of them still holds when it is written."""

from __future__ import annotations

from services.chassis.work import UnitOfWork

from ..model.ballot import Ballot
from ..model.election import Election
from ..queries.elections import find_election


def locked(uuid: str, uow: UnitOfWork) -> Election:
    """The election of this Belenios identifier; NotFound without it."""
    return uow.get(Election, find_election(uow.session, uuid).id, locked=True)


def locked_with_ballot(uuid: str, uow: UnitOfWork) -> tuple[Election, Ballot]:
    """The same with its ballot; locked in this order by all, so that no two wait for each other."""
    found = find_election(uow.session, uuid)
    ballot = uow.get(Ballot, found.ballot_id, locked=True)
    return uow.get(Election, found.id, locked=True), ballot
