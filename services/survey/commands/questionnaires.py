"""Opening, answering, closing, publishing."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork

from ..model.method import AssessmentMethod
from ..model.questionnaire import Questionnaire
from ..model.tally import Tally
from ..queries import heard
from ..queries import questionnaires as queries


def open_questionnaire(command: dict[str, Any], uow: UnitOfWork) -> Questionnaire:
    """Ask all deputies of a congress about a year's projects, as far as both were heard of."""
    day = uow.happened(command["happened_on"])
    look_backs = list(heard.look_backs_until(uow.session, day))
    questionnaire, tally = Questionnaire.open(
        year=command["year"],
        title=command["title"],
        congress=command["congress"],
        audience=command["audience"],
        method=uow.known(AssessmentMethod, command["method_id"], "/method_id"),
        opens_on=command["opens_on"],
        closes_on=command["closes_on"],
        projects=heard.projects_about(uow.session, command["year"], look_backs),
        look_backs=look_backs,
        deputies=heard.deputies(uow.session),
        opened_on=day,
        recorded_at=uow.now,
    )
    uow.session.add(tally)
    return uow.add(questionnaire)


def answer(command: dict[str, Any], uow: UnitOfWork) -> None:
    """Count the answer of the deputy who asks; nothing of it is returned or kept."""
    questionnaire, tally = _held(uow, command["id"])
    day = uow.happened(command["happened_on"])
    if "recorder" not in uow.principal.roles:
        # Who could name an earlier day could answer after the last one.
        day = uow.today
    questionnaire.answer(tally, uow.principal.subject, command["answers"], day)


def close(command: dict[str, Any], uow: UnitOfWork) -> Questionnaire:
    """End the answering."""
    questionnaire, tally = _held(uow, command["id"])
    questionnaire.close(tally, uow.happened(command["happened_on"]))
    return questionnaire


def publish(command: dict[str, Any], uow: UnitOfWork) -> Questionnaire:
    """Publish the score."""
    questionnaire, tally = _held(uow, command["id"])
    questionnaire.publish(tally, uow.happened(command["happened_on"]))
    return questionnaire


def _held(uow: UnitOfWork, id_: str) -> tuple[Questionnaire, Tally]:
    """A questionnaire and its tally, which nobody else can change until this is done."""
    questionnaire = uow.get(Questionnaire, id_)
    tally = queries.lock_tally(uow.session, id_)
    # Who waited for the lock may have waited for the closing, and If-Match must see that too.
    uow.session.refresh(questionnaire)
    return uow.get(Questionnaire, id_), tally
