"""Deadlines: started by the rule in force, ended, and counted anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.deadline import Clock, Term, term

from ..model.deadline import Deadline
from ..queries import deadlines as queries
from ..queries.deadlines import kept
from ..queries.rules import in_force

Json = dict[str, Any]


def clocked(
    uow: UnitOfWork, code: str, begins: str, day: dt.date, of: str | None = None
) -> tuple[Term | None, Clock]:
    """The term of the rule of that day (for the class ``of``), and the clock that it starts on.

    Hours count from now if it happened today.
    """
    with uow.session.no_autoflush:
        rule = in_force(uow.session, "deadlines", day)
    instant = uow.now if day == uow.today else None
    found = term(rule.content, code, begins, of, named="classes")
    return found, Clock(day, instant, uow.settings.zone, rule.id, rule.digest)


def start(
    uow: UnitOfWork,
    kind: str,
    subject_id: str,
    code: str,
    begins: str,
    day: dt.date,
    *,
    of: str | None = None,
    **whose: str | None,
) -> Deadline | None:
    """Set a deadline by the rule of that day; none where the rule gives no term for it."""
    found, clock = clocked(uow, code, begins, day, of)
    if found is None:
        return None
    deadline = Deadline.set(kind, subject_id, found, clock, recorded_at=uow.now, **whose)
    return uow.add(deadline)


def agree(
    uow: UnitOfWork,
    kind: str,
    subject_id: str,
    due_on: dt.date,
    *,
    begins: str,
    day: dt.date,
    **whose: str | None,
) -> Deadline:
    """Set a deadline for a day that was agreed, and that no rule sets; its code is its kind."""
    return uow.add(
        Deadline.agreed(
            kind,
            subject_id,
            due_on,
            code=kind,
            begins=begins,
            day=day,
            recorded_at=uow.now,
            **whose,
        )
    )


def agree_again(uow: UnitOfWork, kind: str, subject_id: str, due_on: dt.date) -> None:
    """Move the open deadline of a thing to another agreed day."""
    with uow.session.no_autoflush:
        for one in kept.open_of(uow.session, kind=kind, subject_id=[subject_id]):
            one.agree_again(due_on)


def end(
    uow: UnitOfWork, day: dt.date, *, kind: str | None = None, **which: Collection[str]
) -> None:
    """End the open deadlines of some things: met."""
    with uow.session.no_autoflush:
        for one in kept.open_of(uow.session, kind=kind, **which):
            one.end(day)


def drop(
    uow: UnitOfWork, day: dt.date, *, kind: str | None = None, **which: Collection[str]
) -> None:
    """Let the open deadlines of some things fall away: nothing is owed any more."""
    with uow.session.no_autoflush:
        for one in kept.open_of(uow.session, kind=kind, **which):
            one.drop(day)


def reopen(uow: UnitOfWork, kind: str, subject_id: str) -> None:
    """Wait again for what was taken back after it had met its deadline."""
    with uow.session.no_autoflush:
        for one in queries.ended_of(uow.session, kind, subject_id):
            one.reopen()


def recompute(uow: UnitOfWork, after: str, limit: int = 500) -> tuple[int, str | None]:
    """Count provisional deadlines anew, by id after one; how many changed, and where to go on."""
    found = kept.provisional_after(uow.session, after, limit)
    changed = sum(one.recompute(uow.settings.zone) for one in found)
    return changed, found[-1].id if found else None
