"""Assessment methods."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.work import get

from ..model.method import AssessmentMethod
from ..tables.methods import assessment_methods


def get_method(session: Session, id_: str) -> AssessmentMethod:
    """One assessment method."""
    return get(session, AssessmentMethod, id_)


def list_methods(params: dict[str, Any]) -> sa.Select[Any]:
    """Assessment methods by the day they were drafted."""
    columns = assessment_methods.c
    return sa.select(AssessmentMethod).order_by(columns.drafted_on, columns.id)
