"""Escalations: which there are, and how many stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ..model.deadline import Deadline
from ..model.escalation import Escalation
from ..tables import matters
from ..tables.rules import deadlines
from .deadlines import kept
from .reading import Json, Query, by_day

_c = matters.escalations.c
_OPEN = sa.select(deadlines.c.id).where(deadlines.c.ended_on.is_(None))


def list_escalations(params: Json) -> Query:
    """Escalations by day, perhaps of one step, unit, project or kind, those that stand or not."""
    query = by_day(Escalation, matters.escalations, params, "step", "unit_id", "project_id", "kind")
    if "open" in params:
        stands = _c.deadline_id.in_(_OPEN)
        query = query.where(stands if params["open"] else sa.not_(stands))
    return query


def list_public(params: Json) -> Query:
    """Those on the public list (公开通报) alone."""
    return list_escalations(params).where(_c.public)


def overdue_after(session: Session, id_: str, today: dt.date, limit: int) -> list[Deadline]:
    """Open deadlines whose last day has passed, by id after one."""
    query = sa.select(Deadline).where(kept.overdue(today, today), deadlines.c.id > id_)
    return list(session.scalars(query.order_by(deadlines.c.id).limit(limit)))


def taken(session: Session, deadline_ids: Collection[str]) -> dict[str, frozenset[str]]:
    """The rungs that deadlines have come to already."""
    found: dict[str, frozenset[str]] = {}
    query = sa.select(_c.deadline_id, _c.step).where(_c.deadline_id.in_(deadline_ids))
    for deadline_id, step in session.execute(query):
        found[deadline_id] = found.get(deadline_id, frozenset()) | {step}
    return found


def count_open(session: Session, today: dt.date) -> dict[tuple[str, ...], float]:
    """How many stand, by kind and step, for the metric."""
    query = sa.select(_c.kind, _c.step, sa.func.count()).where(_c.deadline_id.in_(_OPEN))
    return {
        (kind, step): float(count)
        for kind, step, count in session.execute(query.group_by(_c.kind, _c.step))
    }
