"""Everything that changes something here: one function a command, ``(command, unit of work)``."""

from __future__ import annotations

from typing import Any

from services.chassis import copies
from services.chassis.cloudevents import Event
from services.chassis.work import UnitOfWork

from . import queries
from .model.method import AssessmentMethod
from .model.questionnaire import Questionnaire
from .model.tally import Tally
from .tables import heard_deputies, heard_look_backs, heard_projects


def draft_method(command: dict[str, Any], uow: UnitOfWork) -> AssessmentMethod:
    """Draft an assessment method, perhaps one that supersedes another."""
    if command["supersedes"]:
        uow.known(AssessmentMethod, command["supersedes"], "/supersedes")
    method = AssessmentMethod.draft(
        title=command["title"],
        text=command["text"],
        parameters=command["parameters"],
        supersedes=command["supersedes"],
        drafted_on=uow.happened(command["happened_on"]),
        recorded_at=uow.now,
    )
    return uow.add(method)


def adopt_method(command: dict[str, Any], uow: UnitOfWork) -> AssessmentMethod:
    """Note that a body adopted a method."""
    method = uow.get(AssessmentMethod, command["id"])
    method.adopt(command["adopted_by"], uow.happened(command["happened_on"]))
    return method


def open_questionnaire(command: dict[str, Any], uow: UnitOfWork) -> Questionnaire:
    """Ask all deputies of a congress about a year's projects, as far as both were heard of."""
    day = uow.happened(command["happened_on"])
    look_backs = list(queries.look_backs_until(uow.session, day))
    questionnaire, tally = Questionnaire.open(
        year=command["year"],
        title=command["title"],
        congress=command["congress"],
        audience=command["audience"],
        method=uow.known(AssessmentMethod, command["method_id"], "/method_id"),
        opens_on=command["opens_on"],
        closes_on=command["closes_on"],
        projects=queries.projects_about(uow.session, command["year"], look_backs),
        look_backs=look_backs,
        deputies=queries.deputies(uow.session),
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


def hear_project(data: dict[str, Any], event: Event, uow: UnitOfWork) -> None:
    """Keep a copy of a project that supervision adopted."""
    copies.keep_newest(uow.session, heard_projects, data | {"version": event.version})


def hear_look_back(data: dict[str, Any], event: Event, uow: UnitOfWork) -> None:
    """Keep a copy of a look-back."""
    copies.keep_newest(uow.session, heard_look_backs, data | {"version": event.version})


def hear_deputy(data: dict[str, Any], event: Event, uow: UnitOfWork) -> None:
    """Keep a copy of a deputy on ballot's register."""
    row = {
        "id": data["id"],
        "congresses": [mandate["congress"] for mandate in data["mandates"]],
        "enrolled_on": data["enrolled_on"],
        "version": event.version,
    }
    copies.keep_newest(uow.session, heard_deputies, row)


def _held(uow: UnitOfWork, id_: str) -> tuple[Questionnaire, Tally]:
    """A questionnaire and its tally, which nobody else can change until this is done."""
    questionnaire = uow.get(Questionnaire, id_)
    tally = queries.lock_tally(uow.session, id_)
    # Who waited for the lock may have waited for the closing, and If-Match must see that too.
    uow.session.refresh(questionnaire)
    return uow.get(Questionnaire, id_), tally
