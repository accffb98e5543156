"""Rectification tasks: which there are, and which wait for a unit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ..model.rectification import OPEN, Rectification
from ..tables.rectifications import rectifications
from .reading import Json, Query, by_day


def unassigned(session: Session, project_ids: Sequence[str]) -> list[Rectification]:
    """The open tasks about some projects that no unit has been told to do."""
    c = rectifications.c
    mine = sa.and_(c.project_id.in_(project_ids), c.unit_id.is_(None), c.state == OPEN)
    return list(session.scalars(sa.select(Rectification).where(mine).order_by(c.id)))


def list_rectifications(params: Json) -> Query:
    """The tasks by the day on which they were decided."""
    filters = ("year", "state", "unit_id", "project_id", "questionnaire_id")
    return by_day(Rectification, rectifications, params, *filters)


def open_of(session: Session, project_ids: Sequence[str]) -> dict[str, int]:
    """How many tasks about each project are not confirmed yet."""
    c: Any = rectifications.c
    query = sa.select(c.project_id, sa.func.count().label("number"))
    query = query.where(c.project_id.in_(project_ids), c.confirmed_on.is_(None))
    return {row.project_id: row.number for row in session.execute(query.group_by(c.project_id))}
