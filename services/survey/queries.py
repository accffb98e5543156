"""Everything that only reads here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.context import Principal
from services.chassis.work import get
from services.commons.errors import NotFound

from .model.announcement import announced
from .model.heard import HeardDeputy, HeardLookBack, HeardProject
from .model.method import AssessmentMethod
from .model.questionnaire import Questionnaire
from .model.tally import Tally
from .tables import (
    assessment_methods,
    heard_deputies,
    heard_look_backs,
    heard_projects,
    questionnaires,
)

Query = sa.Select[Any]

#: Who may see a score between the closing and the publication.
PREPARING = frozenset({"clerk", "secretariat", "auditor"})


def get_method(session: Session, id_: str) -> AssessmentMethod:
    """One assessment method."""
    return get(session, AssessmentMethod, id_)


def list_methods(params: dict[str, Any]) -> Query:
    """Assessment methods by the day they were drafted."""
    columns = assessment_methods.c
    return sa.select(AssessmentMethod).order_by(columns.drafted_on, columns.id)


def get_questionnaire(session: Session, id_: str) -> Questionnaire:
    """One questionnaire."""
    return get(session, Questionnaire, id_)


def list_questionnaires(params: dict[str, Any]) -> Query:
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
