"""What came out of assessments: decisions to publish, what follows, what others published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.work import get

from ..model.publication import Publication
from ..model.questionnaire import Questionnaire
from ..model.requirement import Requirement
from ..tables.results import publications, requirements


def publications_of(session: Session, questionnaire_id: str) -> list[Publication]:
    """The decisions about a questionnaire, in their order."""
    c = publications.c
    query = sa.select(Publication).where(c.questionnaire_id == questionnaire_id)
    return list(session.scalars(query.order_by(c.recorded_at, c.id)))


def get_publication(session: Session, id_: str) -> Publication:
    """One decision."""
    return get(session, Publication, id_)


def list_publications(params: dict[str, Any], questionnaire_id: str) -> sa.Select[Any]:
    """The decisions about a questionnaire, page by page."""
    c = publications.c
    query = sa.select(Publication).where(c.questionnaire_id == questionnaire_id)
    return query.order_by(c.recorded_at, c.id)


def due(session: Session, now: dt.datetime) -> list[str]:
    """The ids of the decisions whose time has come and that are not carried out."""
    c = publications.c
    waiting = c.published_on.is_(None) & c.withdrawn_on.is_(None)
    query = sa.select(c.id).where(waiting, c.publishes_at <= now)
    return list(session.scalars(query.order_by(c.publishes_at, c.id)))


def carried_out(session: Session, questionnaire_id: str) -> Publication | None:
    """The decision by which a score is public."""
    done = [one for one in publications_of(session, questionnaire_id) if one.published_on]
    return done[-1] if done else None


def requirements_of(session: Session, questionnaire_id: str) -> list[Requirement]:
    """What follows from a questionnaire, in the order of the ids."""
    c = requirements.c
    query = sa.select(Requirement).where(c.questionnaire_id == questionnaire_id)
    return list(session.scalars(query.order_by(c.id)))


def list_requirements(params: dict[str, Any], questionnaire_id: str) -> sa.Select[Any]:
    """The same, page by page."""
    c = requirements.c
    query = sa.select(Requirement).where(c.questionnaire_id == questionnaire_id)
    return query.order_by(c.id)


def get_requirement(session: Session, id_: str) -> Requirement:
    """One of them."""
    return get(session, Requirement, id_)


def followed(session: Session, questionnaire: Questionnaire) -> Sequence[Questionnaire]:
    """The questionnaires to which this one is a later one, the first of them first."""
    chain: list[Questionnaire] = []
    id_ = questionnaire.follows
    while id_ is not None:
        before = session.get_one(Questionnaire, id_)
        chain.insert(0, before)
        id_ = before.follows
    return chain
