"""Questionnaires and their scores."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.context import Principal
from services.chassis.work import get
from services.commons.errors import NotFound

from ..model.announcement import announced
from ..model.questionnaire import Questionnaire
from ..model.tally import Tally
from ..tables.questionnaires import questionnaires

#: Who may see a score between the closing and the publication.
PREPARING = frozenset({"clerk", "secretariat", "auditor"})


def get_questionnaire(session: Session, id_: str) -> Questionnaire:
    """One questionnaire."""
    return get(session, Questionnaire, id_)


def list_questionnaires(params: dict[str, Any]) -> sa.Select[Any]:
    """Questionnaires by the day they were opened."""
    columns = questionnaires.c
    query = sa.select(Questionnaire).order_by(columns.opened_on, columns.id)
    return query.where(columns.year == params["year"]) if "year" in params else query


def get_score(session: Session, id_: str, principal: Principal) -> dict[str, Any]:
    """The score; NotFound before its publication, to who prepares that before the closing."""
    questionnaire = get(session, Questionnaire, id_)
    needed = "closed" if PREPARING & principal.roles else "published"
    if questionnaire.state not in (needed, "published"):
        raise NotFound("score-not-published", "the score is not published yet", "测评结果尚未公布")
    return announced(questionnaire, session.get_one(Tally, id_))


def lock_tally(session: Session, questionnaire_id: str) -> Tally:
    """The running count, locked until the transaction ends: answers queue for it."""
    return session.get_one(Tally, questionnaire_id, with_for_update=True)
