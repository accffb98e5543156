"""The score as it is read: with the decision that published it, breakdowns and notices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.context import Principal
from services.chassis.secretbox import Keys

from ..model.announcement import announced
from ..model.breakdown import breakdowns
from ..model.form import Kind
from ..model.method import PublicationRule
from ..model.notice import Notice, bursts, doubled, odd, straight_lined
from ..model.questionnaire import Questionnaire
from ..model.result.questions import questions
from ..model.scoring import Score
from ..tables.offline import answer_imports
from . import integrity, invitations, results
from .audiences import audiences_of
from .scores import score_of

Json = dict[str, Any]


def get_score(session: Session, id_: str, principal: Principal, keys: Keys) -> Json:
    """The score; NotFound before its publication, to who prepares that before the closing."""
    questionnaire = results.readable(session, id_, principal)
    score = score_of(session, questionnaire)
    publication = results.carried_out(session, id_)
    return announced(questionnaire, score) | {
        "publication": publication
        and {
            "decided_by": publication.decided_by,
            "reference": publication.reference,
            "decided_on": publication.decided_on,
        },
        "questions": list(questions(questionnaire.form, score.groups)),
        "breakdowns": breakdowns(questionnaire.method.formula, score.groups, questionnaire.form),
        "notices": [one.to_data() for one in _notices(session, questionnaire, score, keys)],
    }


def get_explanation(session: Session, id_: str, principal: Principal) -> Json:
    """How each figure was reached, in words; for whom the score is."""
    score = score_of(session, results.readable(session, id_, principal))
    return {"steps": [step.to_data() for step in score.steps]}


def _notices(
    session: Session, questionnaire: Questionnaire, score: Score, keys: Keys
) -> Iterator[Notice]:
    """What is odd about the answers; nothing is taken off a figure for it."""
    formula = questionnaire.method.formula
    least = (formula.publication or PublicationRule()).cell
    graded = [one.code for one in questionnaire.form.questions if one.kind is Kind.GRADE]
    for group in score.groups:
        yield from straight_lined(formula, group, group.group, graded, least)
    titles = {one.id: one.title for one in audiences_of(session, questionnaire.id)}
    for id_, title in titles.items():
        yield from doubled(title, _doubles(session, id_))
        yield from bursts(title, invitations.days_of(session, id_))
    for finding in integrity.findings(session, questionnaire.id, keys):
        yield odd(finding.sign.value, finding.zh, finding.en, titles[finding.audience_id])


def _doubles(session: Session, audience_id: str) -> int:
    c = answer_imports.c
    query = sa.select(sa.func.coalesce(sa.func.sum(c.same), 0)).where(
        c.audience_id == audience_id, c.dry_run.is_(False)
    )
    return int(session.scalar(query) or 0)
