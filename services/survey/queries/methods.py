"""Assessment methods."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.work import get

from ..model.method import AssessmentMethod
from ..tables.methods import assessment_methods


def get_method(session: Session, id_: str) -> AssessmentMethod:
    """One assessment method."""
    return get(session, AssessmentMethod, id_)


def superseding(session: Session, id_: str, day: dt.date) -> AssessmentMethod | None:
    """The method that had taken this one's place by that day, if there is one."""
    columns = assessment_methods.c
    query = sa.select(AssessmentMethod).where(columns.supersedes == id_, columns.adopted_on <= day)
    return session.scalars(query.order_by(columns.adopted_on, columns.id).limit(1)).first()


def list_methods(params: dict[str, Any]) -> sa.Select[Any]:
    """Assessment methods by the day they were drafted."""
    columns = assessment_methods.c
    return sa.select(AssessmentMethod).order_by(columns.drafted_on, columns.id)
