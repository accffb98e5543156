"""Questionnaires."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.context import Principal
from services.chassis.work import get, not_found

from ..model.questionnaire import Questionnaire
from ..tables.questionnaires import questionnaires
from .seen import prepares


def get_questionnaire(session: Session, id_: str, principal: Principal) -> Questionnaire:
    """One questionnaire; a draft only to who prepares it."""
    questionnaire = get(session, Questionnaire, id_)
    if questionnaire.state == "draft" and not prepares(principal):
        raise not_found(Questionnaire)
    return questionnaire


def list_questionnaires(params: dict[str, Any], principal: Principal) -> sa.Select[Any]:
    """Questionnaires by the moment they were recorded."""
    columns = questionnaires.c
    query = sa.select(Questionnaire).order_by(columns.recorded_at, columns.id)
    if not prepares(principal):
        query = query.where(columns.opened_on.is_not(None))
    return query.where(columns.year == params["year"]) if "year" in params else query
