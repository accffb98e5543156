"""Who acts for the session in an electronic vote, as its officers are recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from services.chassis.work import UnitOfWork

from .. import queries
from ..model.ballot import Ballot
from ..model.officer import Office, acting


def check_office(uow: UnitOfWork, ballot: Ballot, offices: Iterable[Office], day: dt.date) -> None:
    """Raise Forbidden unless who asks holds one of these offices in the ballot's session."""
    officer = queries.find_officer(uow.session, ballot.session_id, uow.principal.subject)
    acting(officer, offices, day)
