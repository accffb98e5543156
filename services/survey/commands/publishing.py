"""Publishing a score: decided, at its time carried out once, or withdrawn before."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.chassis.work import UnitOfWork
from services.commons import clock
from services.commons.errors import Invalid

from ..model.announcement import told
from ..model.publication import Publication, check_none_waits
from ..model.published import PublishedScore
from ..model.questionnaire import Questionnaire
from ..model.requirement import required
from ..model.scoring import Score
from ..queries import results
from ..queries.announced import content
from ..queries.scores import score_of
from . import sealing


def decide(command: dict[str, Any], uow: UnitOfWork) -> Publication:
    """Decide that a score is published, at once or at a time that may lie ahead."""
    questionnaire = uow.get(Questionnaire, command["id"], locked=True)
    check_none_waits(results.publications_of(uow.session, questionnaire.id))
    day = uow.happened(command["happened_on"])
    publication = Publication.decide(
        questionnaire.id,
        closed_on=questionnaire.closed_on,
        decided_by=command["decided_by"],
        reference=command["reference"],
        decided_on=day,
        publishes_at=command["publishes_at"] or uow.now,
        recorded_at=uow.now,
    )
    uow.add(publication)
    if publication.is_due(uow.now):
        on = day if command["publishes_at"] is None else _day_of(uow, publication)
        _carry_out(uow, questionnaire, publication, on)
    return publication


def withdraw(command: dict[str, Any], uow: UnitOfWork) -> Publication:
    """Take a decision back before its time."""
    publication = uow.get(Publication, command["id"], locked=True)
    publication.withdraw(command["reason"], uow.happened(command["happened_on"]), uow.now)
    return publication


def carry_out_next(uow: UnitOfWork) -> str | None:
    """Publish the first score whose time has come; its publication's id, None if there is none.

    Whoever comes at the same moment finds it done: the row is locked and looked at again.
    """
    for id_ in results.due(uow.session, uow.now):
        publication = uow.get(Publication, id_, locked=True)
        uow.session.refresh(publication)
        if publication.is_due(uow.now):
            questionnaire = uow.get(Questionnaire, publication.questionnaire_id, locked=True)
            _carry_out(uow, questionnaire, publication, _civil_day(uow, publication))
            return id_
    return None


def _carry_out(
    uow: UnitOfWork, questionnaire: Questionnaire, publication: Publication, on: dt.date
) -> None:
    score = score_of(uow.session, questionnaire)
    questionnaire.publish(on, told(questionnaire, score))
    publication.carry_out(on)
    _keep(uow, questionnaire, score, publication)
    common = {
        "questionnaire_id": questionnaire.id,
        "year": questionnaire.year,
        "congress": questionnaire.congress,
        "decided_on": on.isoformat(),
        "method_id": questionnaire.method.id,
        "method_title": questionnaire.method.title,
    }
    follows = [one.to_data() for one in score.consequences]
    for requirement in required(common, follows, recorded_at=uow.now):
        uow.add(requirement)


def _keep(
    uow: UnitOfWork, questionnaire: Questionnaire, score: Score, publication: Publication
) -> None:
    """Keep what everybody reads from now on, whatever is released later."""
    found = content(uow.session, questionnaire, score, uow.keys)
    published = PublishedScore.of(questionnaire.id, publication.id, found)
    sealing.seal_published(uow, published)
    uow.session.add(published)


def _day_of(uow: UnitOfWork, publication: Publication) -> dt.date:
    """The civil day of a time that lies behind, which must not be before the decision."""
    day = _civil_day(uow, publication)
    if day < publication.decided_on:
        raise Invalid(
            "published-before-decision",
            "the score cannot be published before the day of the decision",
            "公布时间不能早于决定之日",
            errors=[{"pointer": "/publishes_at", "detail": f"早于 {publication.decided_on}"}],
        )
    return uow.happened(day)


def _civil_day(uow: UnitOfWork, publication: Publication) -> dt.date:
    return clock.civil_day(publication.publishes_at, uow.settings.zone)
