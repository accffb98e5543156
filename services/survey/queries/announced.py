"""The score as it is read: with the decision that published it, breakdowns and notices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy.orm import Session

from services.chassis import logs
from services.chassis.context import Principal
from services.chassis.secretbox import Keys

from ..model import notice
from ..model.form import Kind
from ..model.method import PublicationRule
from ..model.published import PublishedScore
from ..model.questionnaire import Questionnaire
from ..model.scoring import Score
from ..tables.offline import answer_imports
from . import integrity, invitations, results, scores
from .audiences import audiences_of

Json = dict[str, Any]

log = structlog.get_logger()


def get_score(session: Session, id_: str, principal: Principal, keys: Keys) -> Json:
    """The score; NotFound before its publication, to who prepares that before the closing."""
    questionnaire = results.readable(session, id_, principal)
    published = session.get(PublishedScore, id_)
    if published is None:
        found = content(session, questionnaire, scores.score_of(session, questionnaire), keys)
    else:
        found = published.content
    since = [one.to_data() for one in touched(session, questionnaire, keys)]
    decision = results.carried_out(session, id_)
    shown: Json = found["score"]
    return shown | {
        "version": questionnaire.version,
        "publication": decision
        and {
            "id": decision.id,
            "decided_by": decision.decided_by,
            "reference": decision.reference,
            "decided_on": decision.decided_on,
            "digest": published and published.digest,
        },
        "notices": found["notices"] + [one for one in since if one not in found["notices"]],
    }


def get_published_score(session: Session, id_: str) -> PublishedScore:
    """What was published by a decision, word for word; NotFound before."""
    publication = results.get_publication(session, id_)
    published = session.get(PublishedScore, publication.questionnaire_id)
    if published is None or published.publication_id != id_:
        raise results.not_published()
    return published


def get_explanation(session: Session, id_: str, principal: Principal) -> Json:
    """How each figure was reached, in words; for whom the score is."""
    return scores.outcome(session, results.readable(session, id_, principal))


def content(session: Session, questionnaire: Questionnaire, score: Score, keys: Keys) -> Json:
    """All that is published of a score: with what is odd about the answers."""
    odd = [*_of_answers(session, questionnaire, score), *touched(session, questionnaire, keys)]
    made = scores.content(session, questionnaire, score)
    return made | {"notices": [one.to_data() for one in odd]}


def _of_answers(
    session: Session, questionnaire: Questionnaire, score: Score
) -> Iterator[notice.Notice]:
    """What is odd about them; nothing is taken off a figure for it."""
    formula = questionnaire.method.formula
    least = (formula.publication or PublicationRule()).cell
    graded = [one.code for one in questionnaire.form.questions if one.kind is Kind.GRADE]
    for group in score.groups:
        yield from notice.straight_lined(formula, group, group.group, graded, least)
    for one in audiences_of(session, questionnaire.id):
        yield from notice.doubled(one.title, _doubles(session, one.id))
        yield from notice.bursts(one.title, invitations.days_of(session, one.id))


def touched(session: Session, questionnaire: Questionnaire, keys: Keys) -> Iterator[notice.Notice]:
    """Where a hand other than the service's was, and whether what is published still comes out."""
    titles = {one.id: one.title for one in audiences_of(session, questionnaire.id)}
    for one in integrity.findings(session, questionnaire.id, keys):
        yield notice.odd(one.sign.value, one.zh, one.en, titles[one.audience_id])
    published = session.get(PublishedScore, questionnaire.id)
    if published is None:
        return
    if not published.intact or not keys.marked(published.sealed_text, published.seal):
        yield notice.changed_hands()
    if not _comes_out_again(session, questionnaire, published):
        yield notice.comes_out_otherwise()


def _comes_out_again(
    session: Session, questionnaire: Questionnaire, published: PublishedScore
) -> bool:
    try:
        score = scores.score_of(session, questionnaire)
        return published.says(scores.content(session, questionnaire, score))
    except Exception as exc:  # counts that nothing can be made of must not hide what is published
        log.warning("score_not_recomputed", questionnaire=questionnaire.id, **logs.where(exc))
        return False


def _doubles(session: Session, audience_id: str) -> int:
    c = answer_imports.c
    query = sa.select(sa.func.coalesce(sa.func.sum(c.same), 0)).where(
        c.audience_id == audience_id, c.dry_run.is_(False)
    )
    return int(session.scalar(query) or 0)
