"""Deadlines: which are open, which are overdue, and how many."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.deadlines import Deadlines
from services.chassis.paging import ordered

from ..model.deadline import KINDS, Deadline
from ..model.suggestion import ACCEPTED, Suggestion
from ..tables.answers import deadlines
from ..tables.projects import suggested_projects
from ..tables.suggestions import suggestions

Query = sa.Select[Any]

kept = Deadlines(Deadline, deadlines, KINDS)
open_of, provisional_after, count_overdue = (
    kept.open_of,
    kept.provisional_after,
    kept.count_overdue,
)


def list_overdue(params: dict[str, Any]) -> Query:
    """What was overdue on a day (``on``, today without it), the longest first unless sorted.

    A last day passes at midnight: on that day itself nothing is overdue.  What was met, extended or
    recomputed since counts as it stands now.
    """
    c, today = deadlines.c, params["today"]
    query = sa.select(Deadline).where(kept.overdue(params.get("on") or today, today))
    for name in ("kind", "unit_id"):
        if name in params:
            query = query.where(c[name] == params[name])
    for name in ("year", "aspect"):
        if name in params:
            query = query.where(_is_about(name, params[name]))
    return ordered(query, params, _SORTED, c.id, default="due_on")


_SORTED = {name: deadlines.c[name] for name in ("due_on", "starts_on", "id")}


def _is_about(name: str, value: Any) -> sa.ColumnElement[bool]:
    """Whether a deadline's suggestion says this, or its suggested project."""
    of = deadlines.c.suggestion_id, deadlines.c.project_id
    tables = suggestions, suggested_projects
    said = (sa.select(table.c.id).where(table.c[name] == value) for table in tables)
    return sa.or_(*(column.in_(ids) for column, ids in zip(of, said, strict=True)))


def suggestion_is_overdue(today: dt.date) -> sa.ColumnElement[bool]:
    """A condition on ``suggestions``: whether an answer to it, first or again, is overdue.

    Also one that was promised: the same as is listed of it.
    """
    of_it = deadlines.c.suggestion_id == suggestions.c.id
    return sa.exists().where(of_it, kept.overdue(today, today))


def without_clock(session: Session, id_: str, limit: int) -> list[Suggestion]:
    """Accepted suggestions that wait for an answer and have no day for it, by id after one."""
    c = suggestions.c
    accepted: sa.ColumnElement[str] = sa.literal_column(f"'{ACCEPTED}'")
    query = sa.select(Suggestion).where(
        c.state == accepted, c.answered_on.is_(None), c.answer_due_on.is_(None), c.id > id_
    )
    return list(session.scalars(query.order_by(c.id).limit(limit)))


def count_unanswered(session: Session, today: dt.date) -> dict[tuple[str, ...], float]:
    """How many accepted suggestions have no answer yet, for the metric."""
    c = suggestions.c
    # Written out, not bound: the partial index holds just these.
    accepted: sa.ColumnElement[str] = sa.literal_column(f"'{ACCEPTED}'")
    query = sa.select(sa.func.count()).where(c.state == accepted, c.answered_on.is_(None))
    return {(): float(session.scalar(query) or 0)}
