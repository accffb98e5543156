"""Suggested projects are handed to units, and may come back."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.errors import Conflict, Invalid
from services.commons.handover import CO_HANDLING, LEAD

from ..model import deadline
from ..model.handover import HANDLERS, Handover
from ..model.suggested_project import SuggestedProject
from ..model.suggestion import ACCEPTED, Suggestion
from ..model.unit import Unit
from ..queries import handovers as queries
from ..queries.answers import answered_by, members
from . import deadlines
from .following import Occasion, tell_all
from .references import speak_for_unit


def hand_over(command: dict[str, Any], uow: UnitOfWork) -> SuggestedProject:
    """Hand a suggested project to a unit, perhaps with others beside it (交办)."""
    project = uow.get(SuggestedProject, command["id"])
    uow.happened(command["happened_on"])
    _known_handlers(command, uow)
    _not_returned_before(command, uow)
    suggestions = _waiting(uow, project)
    made = [_made(command, uow, unit_id, role) for unit_id, role in _units(command)]
    lead, beside = made[0], made[1:]
    due = deadlines.start_project(uow, project, _unanswered(uow, lead, suggestions), lead)
    project.hand_over(lead, beside, due)
    for one in beside:
        deadlines.start_opinion(uow, one)
    day = lead.happened_on
    deadlines.start_all(uow, suggestions, deadline.HANDED_OVER, day, lead.unit_id)
    occasion = Occasion("handed-over", day)
    tell_all(uow, occasion, [one.id for one in suggestions], lead.id)
    return project


def give_back(command: dict[str, Any], uow: UnitOfWork) -> Handover:
    """A unit returns what is not its own matter (退回); the office hands it to another."""
    handover = uow.get(Handover, command["id"])
    speak_for_unit(uow, handover.unit_id)
    day = uow.happened(command["happened_on"])
    project = uow.find(SuggestedProject, handover.project_id)
    handover.give_back(command["reason"], day, by=uow.principal.subject)
    if project is None:
        return handover
    if handover.role == CO_HANDLING:
        project.lose(handover.unit_id)
        deadlines.end(uow, day, subject_id=[handover.id])
        return handover
    project.come_back()
    deadlines.end(uow, day, project_id=[project.id])
    with uow.session.no_autoflush:
        for one in queries.still_open(uow.session, project.id):
            one.end(day)
    deadlines.release(uow, project.suggestion_ids, handover.unit_id)
    return handover


def give_opinion(command: dict[str, Any], uow: UnitOfWork) -> Handover:
    """A co-handling unit tells the lead its opinion (协办意见)."""
    handover = uow.get(Handover, command["id"])
    speak_for_unit(uow, handover.unit_id)
    day = uow.happened(command["happened_on"])
    handover.give_opinion(command["text"], day, by=uow.principal.subject)
    deadlines.end(uow, day, subject_id=[handover.id])
    return handover


def _units(command: dict[str, Any]) -> list[tuple[str, str]]:
    beside = [(unit_id, CO_HANDLING) for unit_id in command["co_handling_unit_ids"]]
    return [(command["unit_id"], LEAD), *beside]


def _made(command: dict[str, Any], uow: UnitOfWork, unit_id: str, role: str) -> Handover:
    day = command["happened_on"]
    return uow.add(
        Handover.make(
            project_id=command["id"],
            unit_id=unit_id,
            role=role,
            document_number=command["document_number"],
            happened_on=day,
            recorded_at=uow.now,
            return_until=deadlines.return_until(uow, day),
        )
    )


def _waiting(uow: UnitOfWork, project: SuggestedProject) -> list[Suggestion]:
    """Those of its members that wait for an answer: none that was withdrawn."""
    found = members(uow.session, project.suggestion_ids)
    return [one for one in found if one.state == ACCEPTED]


def _unanswered(uow: UnitOfWork, lead: Handover, suggestions: list[Suggestion]) -> list[Suggestion]:
    """Those that the leading unit has not answered before it got the project."""
    with uow.session.no_autoflush:
        done = answered_by(
            uow.session, lead.project_id, lead.unit_id, [one.id for one in suggestions]
        )
    return [one for one in suggestions if one.id not in done]


def _known_handlers(command: dict[str, Any], uow: UnitOfWork) -> None:
    units = [uow.known(Unit, command["unit_id"], "/unit_id")]
    units += uow.all_known(Unit, command["co_handling_unit_ids"], "/co_handling_unit_ids")
    if any(unit.kind not in HANDLERS for unit in units):
        raise Invalid(
            "unit-handles-nothing",
            "suggested projects are handed to departments and districts",
            "建议项目只能交办给政府部门或区、县(市)",
            [{"pointer": "/unit_id", "detail": "is no department and no district"}],
        )
    if command["unit_id"] in command["co_handling_unit_ids"]:
        raise Invalid(
            "unit-twice",
            "a unit either leads or handles it beside another",
            "同一单位不能既主办又协办",
            [{"pointer": "/co_handling_unit_ids", "detail": "holds the leading unit"}],
        )


def _not_returned_before(command: dict[str, Any], uow: UnitOfWork) -> None:
    if command["unit_id"] in queries.returned_by(uow.session, command["id"]):
        raise Conflict(
            "unit-returned-it",
            "this unit has returned it as not its own; hand it to another",
            "该单位已将其退回,请改交其他单位",
        )
