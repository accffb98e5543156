"""Deadlines: which are open, and which were overdue on a day."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.deadlines import Deadlines
from services.chassis.paging import ordered

from ..model.deadline import KINDS, Deadline
from ..tables.rules import deadlines
from .reading import Json, Query, filtered

kept = Deadlines(Deadline, deadlines, KINDS)


def ended_of(session: Session, kind: str, subject_id: str) -> list[Deadline]:
    """The deadlines of a thing that were met."""
    c = deadlines.c
    query = sa.select(Deadline).where(c.kind == kind, c.subject_id == subject_id)
    met = sa.and_(c.ended_on.is_not(None), c.fell_away.is_not(True))
    return list(session.scalars(query.where(met).order_by(c.due_on, c.id)))


def list_overdue(params: Json) -> Query:
    """What was overdue on a day (``on``, today without it), the longest first unless sorted."""
    today = params["today"]
    query = sa.select(Deadline).where(kept.overdue(params.get("on") or today, today))
    query = filtered(query, deadlines, params, ("kind", "unit_id", "project_id"))
    return ordered(query, params, _SORTED, deadlines.c.id, default="due_on")


_SORTED = {name: deadlines.c[name] for name in ("due_on", "starts_on", "id")}
