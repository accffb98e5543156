"""What came out of assessments: decisions to publish, what follows, what others published."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.context import Principal
from services.chassis.work import get
from services.commons.errors import NotFound

from ..model.publication import Publication
from ..model.questionnaire import Questionnaire
from ..model.requirement import Requirement
from ..tables.results import publications, requirements
from .seen import prepares


def readable(session: Session, id_: str, principal: Principal) -> Questionnaire:
    """A questionnaire of which the caller may read what came out; NotFound otherwise.

    Before the closing nobody may, then who prepares the publication, from that on everybody.
    """
    questionnaire = get(session, Questionnaire, id_)
    needed = "closed" if prepares(principal) else "published"
    if questionnaire.state not in (needed, "published"):
        raise not_published()
    return questionnaire


def not_published() -> NotFound:
    """Also where there is nothing to publish yet."""
    return NotFound("score-not-published", "the score is not published yet", "测评结果尚未公布")


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
