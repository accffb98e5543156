"""What came out of a questionnaire: as it was published, else made from its counts."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from ..model import announcement
from ..model.published import PublishedScore
from ..model.questionnaire import Questionnaire
from ..model.scoring import Score
from . import heard, strata
from .audiences import counted
from .frames import populations

Json = dict[str, Any]


def outcome(session: Session, questionnaire: Questionnaire) -> Json:
    """As :func:`.announcement.content`; what an earlier release published is made anew."""
    published = session.get(PublishedScore, questionnaire.id)
    if published is not None:
        return published.content
    return content(session, questionnaire, score_of(session, questionnaire))


def content(session: Session, questionnaire: Questionnaire, score: Score) -> Json:
    """A score with the tables by stratum and the other questions, as it is published."""
    return announcement.content(questionnaire, score, strata.names(session, questionnaire.id))


def score_of(session: Session, questionnaire: Questionnaire) -> Score:
    """What came out; raises Conflict while answers are taken.  Who may read it, the caller knows.

    What fell below a line in the questionnaire that it follows (再次测评) has failed before.
    """
    return announcement.scored(
        questionnaire,
        counted(session, questionnaire.id),
        populations=populations(session, questionnaire.id),
        names=heard.project_names(session, questionnaire.items),
        failures=_failures(session, questionnaire),
    )


def _failures(session: Session, questionnaire: Questionnaire) -> dict[str, int]:
    if questionnaire.follows is None:
        return {}
    before = session.get_one(Questionnaire, questionnaire.follows)
    failures: dict[str, int] = outcome(session, before)["failures"]
    return failures
