"""Units take matters, send them back, get them by hand, and stand beside each other."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.errors import Conflict, Invalid
from services.commons.handover import CO_HANDLING, LEAD

from ..model import deadline
from ..model.matter import Matter
from ..model.routing import BY_HAND, Routing
from ..queries import matters as queries
from . import deadlines, loop, references

Json = dict[str, Any]


def route(command: Json, uow: UnitOfWork) -> Matter:
    """The office gives it to another unit (改交), or to some beside the one that has it (协办)."""
    matter = loop.taken_up(command, uow)
    day, unit_id = command["happened_on"], command["unit_id"]
    beside = command["co_handling_unit_ids"]
    _known(command, uow)
    if unit_id != matter.unit_id:
        _anew(matter, command, uow)
    elif not beside:
        raise Conflict("has-it-already", "this unit has it in hand already", "该单位已在承办此事项")
    matter.must_wait()
    for one in beside:
        _beside(uow, matter, one, command)
    loop.end(uow, matter, day, deadline.ROUTE)
    return matter


def accept(command: Json, uow: UnitOfWork) -> Matter:
    """The unit takes it as its own (接办)."""
    references.speaks_for_unit(uow, command["unit_id"])
    matter = loop.taken_up(command, uow)
    loop.by_nobody_concerned(uow, matter)
    matter.accept(command["unit_id"], command["happened_on"])
    loop.accepted(uow, matter, command["happened_on"])
    return matter


def give_back(command: Json, uow: UnitOfWork) -> Matter:
    """A unit returns what is not its own matter (退回); the office routes it anew."""
    references.speaks_for_unit(uow, command["unit_id"])
    matter = loop.taken_up(command, uow)
    day, reason = command["happened_on"], command["reason"]
    with uow.session.no_autoflush:
        open_ = queries.open_routings(uow.session, matter.id)
    its = [one for one in open_ if one.unit_id == command["unit_id"]]
    if its and its[0].role == CO_HANDLING:
        its[0].give_back(reason, day, by=uow.principal.subject)
        deadlines.drop(uow, day, subject_id=[its[0].id])
        return matter
    matter.give_back(command["unit_id"], day)
    for one in its:
        one.give_back(reason, day, by=uow.principal.subject)
    _ended(uow, [one for one in open_ if one.ended_on is None], command)
    loop.end(uow, matter, day, deadline.ACCEPT)
    # The day by which the deputy must be answered goes on, whoever it will be.
    for owed in loop.open_of(uow, matter):
        owed.unit_id = None
    loop.start(uow, matter, deadline.ROUTE, deadline.RETURNED, day)
    return matter


def give_opinion(command: Json, uow: UnitOfWork) -> Routing:
    """A co-handling unit tells the lead its opinion (协办意见), before the lead replies."""
    routing = uow.get(Routing, command["id"])
    references.speaks_for_unit(uow, routing.unit_id)
    matter = uow.get(loop.CLASSES[routing.register], routing.matter_id)
    matter.must_wait()
    loop.by_nobody_concerned(uow, matter)
    day = uow.happened(command["happened_on"])
    routing.give_opinion(command["text"], day, by=uow.principal.subject)
    deadlines.end(uow, day, subject_id=[routing.id])
    return routing


def _anew(matter: Matter, command: Json, uow: UnitOfWork) -> None:
    day, unit_id = command["happened_on"], command["unit_id"]
    with uow.session.no_autoflush:
        if unit_id in queries.returned_by(uow.session, matter.id):
            raise Conflict(
                "unit-returned-it",
                "this unit has returned it as not its own; give it to another",
                "该单位已将其退回,请改交其他单位",
            )
        before = [
            one
            for one in queries.open_routings(uow.session, matter.id)
            if one.role == LEAD or one.unit_id == unit_id
        ]
    matter.joint_id = None
    _ended(uow, before, command)
    loop.end(uow, matter, day, deadline.ACCEPT, deadline.CONFIRM)
    loop.give(uow, matter, unit_id, day, basis=BY_HAND, reason=command["reason"])


def _ended(uow: UnitOfWork, routings: list[Routing], command: Json) -> None:
    for one in routings:
        one.end(command["happened_on"])
    if routings:
        ids = [one.id for one in routings]
        deadlines.drop(uow, command["happened_on"], subject_id=ids)


def _beside(uow: UnitOfWork, matter: Matter, unit_id: str, command: Json) -> None:
    with uow.session.no_autoflush:
        open_ = queries.open_routings(uow.session, matter.id)
    if any(one.unit_id == unit_id for one in open_):
        raise Conflict("has-it-already", "this unit has it in hand already", "该单位已在承办此事项")
    routing = uow.add(
        Routing.make(
            matter,
            unit_id,
            CO_HANDLING,
            basis=BY_HAND,
            reason=command["reason"],
            routed_by=uow.principal.subject,
            happened_on=command["happened_on"],
            recorded_at=uow.now,
        )
    )
    deadlines.start(
        uow,
        deadline.CO_HANDLING,
        routing.id,
        deadline.CO_OPINION,
        deadline.ROUTED,
        command["happened_on"],
        project_id=matter.project_id,
        unit_id=unit_id,
    )


def _known(command: Json, uow: UnitOfWork) -> None:
    beside = command["co_handling_unit_ids"]
    references.units(uow, [command["unit_id"]])
    references.units(uow, beside, "/co_handling_unit_ids")
    if command["unit_id"] in beside or len(set(beside)) < len(beside):
        raise Invalid(
            "unit-twice",
            "a unit either leads or handles it beside another, and is named once",
            "同一单位不能既主办又协办,也不能重复",
            [{"pointer": "/co_handling_unit_ids", "detail": "names a unit twice"}],
        )
