"""What was heard of projects, look-backs and deputies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ..model.heard import HeardDeputy, HeardLookBack, HeardProject
from ..tables.heard import heard_deputies, heard_look_backs, heard_projects


def projects_about(
    session: Session, year: int, look_backs: Iterable[HeardLookBack]
) -> Iterable[HeardProject]:
    """The projects of a year, and the former ones that were looked back at."""
    former = [one.project_id for one in look_backs if one.project_id]
    columns = heard_projects.c
    query = sa.select(HeardProject).where(sa.or_(columns.year == year, columns.id.in_(former)))
    return session.scalars(query.order_by(columns.id))


def look_backs_until(session: Session, day: dt.date) -> Iterable[HeardLookBack]:
    """Look-backs up to a day, in order."""
    columns = heard_look_backs.c
    query = sa.select(HeardLookBack).where(columns.happened_on <= day)
    return session.scalars(query.order_by(columns.happened_on, columns.id))


def deputies(session: Session) -> Iterable[HeardDeputy]:
    """All deputies of the register."""
    return session.scalars(sa.select(HeardDeputy).order_by(heard_deputies.c.id))


def project_names(session: Session, items: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Of the projects to which the lines of a form belong, by id."""
    columns = heard_projects.c
    ids = {item["project_id"] for item in items}
    query = sa.select(columns.id, columns.name).where(columns.id.in_(ids))
    return {row.id: row.name for row in session.execute(query)}
