"""The score of a questionnaire, made from its counts whenever it is asked for."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ..model import announcement
from ..model.questionnaire import Questionnaire
from ..model.scoring import Score
from ..tables.heard import heard_projects
from .audiences import counted
from .frames import populations


def score_of(session: Session, questionnaire: Questionnaire) -> Score:
    """What came out; raises Conflict while answers are taken.  Who may read it, the caller knows.

    The questionnaires that it follows (再次测评) are scored too: what fell below a line in them has
    failed that often in a row.
    """
    return announcement.scored(
        questionnaire,
        counted(session, questionnaire.id),
        populations=populations(session, questionnaire.id),
        names=_names(session, questionnaire),
        failures=_failures(session, questionnaire),
    )


def _names(session: Session, questionnaire: Questionnaire) -> dict[str, str]:
    """Of the projects whose sub-items are asked about, by id."""
    columns = heard_projects.c
    ids = {item["project_id"] for item in questionnaire.items}
    query = sa.select(columns.id, columns.name).where(columns.id.in_(ids))
    return {row.id: row.name for row in session.execute(query)}


def _failures(session: Session, questionnaire: Questionnaire) -> dict[str, int]:
    if questionnaire.follows is None:
        return {}
    return score_of(session, session.get_one(Questionnaire, questionnaire.follows)).failures
