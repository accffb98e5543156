"""The evaluation of supervision, computed when it is asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ..model.report import evaluation, figures
from ..tables.rules import deadlines
from .deadlines import kept
from .deeds import deeds_of
from .evidence import one_snapshot
from .narrative import narrative_of
from .reading import Json
from .reports import evidence_of
from .rules import in_force


def evaluate(
    session: Session,
    year: int,
    jurisdiction: str,
    as_of: dt.date,
    today: dt.date,
    deputies: Collection[str] | None,
) -> Json:
    """Who and which link did what, as of a day; ``deputies``: of whom alone, None for all."""
    one_snapshot(session)
    counted = evidence_of(session, year, jurisdiction, as_of)
    rule = in_force(session, "chain", as_of)
    told = narrative_of(session, year)
    computed = figures.compute(counted)
    more = deeds_of(session, year, as_of)
    return {
        "year": year,
        "as_of": as_of,
        "rule_id": rule.id or None,
        "rule_digest": rule.digest,
        "links": evaluation.links(rule.content, counted, told, computed),
        "groups": evaluation.groups(counted, more),
        "units": evaluation.units(counted, _overdue(session, as_of, today)),
        "deputies": evaluation.deputies(counted, deputies, more),
    }


def _overdue(session: Session, on: dt.date, today: dt.date) -> dict[str, int]:
    """How much was overdue of each unit on the day."""
    c = deadlines.c
    query = sa.select(c.unit_id, sa.func.count()).where(
        kept.overdue(on, today), c.unit_id.is_not(None)
    )
    found: Any = session.execute(query.group_by(c.unit_id))
    return dict(tuple(row) for row in found)
