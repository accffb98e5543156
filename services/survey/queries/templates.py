"""Templates of questionnaires."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.work import get

from ..model.template import QuestionnaireTemplate
from ..tables.templates import questionnaire_templates


def get_template(session: Session, id_: str) -> QuestionnaireTemplate:
    """One edition of a template."""
    return get(session, QuestionnaireTemplate, id_)


def list_templates(params: dict[str, Any]) -> sa.Select[Any]:
    """Templates by the day they were drafted; all editions, or the newest ones."""
    columns = questionnaire_templates.c
    query = sa.select(QuestionnaireTemplate).order_by(columns.drafted_on, columns.id)
    if params["newest"]:
        later = questionnaire_templates.alias("later")
        query = query.where(~sa.exists().where(later.c.supersedes == columns.id))
    return query


def successor_of(session: Session, id_: str) -> QuestionnaireTemplate | None:
    """The edition that supersedes one."""
    columns = questionnaire_templates.c
    query = sa.select(QuestionnaireTemplate).where(columns.supersedes == id_)
    return session.scalars(query).one_or_none()
