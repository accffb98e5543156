"""Aspects, units, rounds."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.errors import Forbidden

from ..model.activity import DELEGATION, CollectionActivity
from ..model.aspect import Aspect
from ..model.round import Round
from ..model.unit import Unit
from ..queries.intake import rounds_of
from .references import know_aspect, know_delegation, speak_for_delegation


def define_aspect(command: dict[str, Any], uow: UnitOfWork) -> Aspect:
    """Add an aspect to the list."""
    return uow.add(Aspect.define(**command, recorded_at=uow.now))


def rename_aspect(command: dict[str, Any], uow: UnitOfWork) -> Aspect:
    """Give an aspect another name from a day on."""
    aspect = uow.get(Aspect, command["id"])
    aspect.rename(command["name"], uow.happened(command["happened_on"]))
    return aspect


def retire_aspect(command: dict[str, Any], uow: UnitOfWork) -> Aspect:
    """Take nothing new under an aspect from a day on, which may be still to come."""
    aspect = uow.get(Aspect, command["id"])
    if command["superseded_by"]:
        know_aspect(command["superseded_by"], uow, command["until"])
    if command["until"] < uow.today:
        uow.happened(command["until"])
    aspect.retire(command["until"], command["superseded_by"])
    return aspect


def register_unit(command: dict[str, Any], uow: UnitOfWork) -> Unit:
    """Add a unit to the register."""
    return uow.add(Unit.register(**command, recorded_at=uow.now))


def open_round(command: dict[str, Any], uow: UnitOfWork) -> Round:
    """Open a round of collection."""
    opened = Round.open(**command, recorded_at=uow.now)
    _alone(opened, uow)
    return uow.add(opened)


def move_round(command: dict[str, Any], uow: UnitOfWork) -> Round:
    """Give a round other dates."""
    moved = uow.get(Round, command["id"])
    day = uow.happened(command["happened_on"])
    moved.move(command["starts_on"], command["ends_on"], command["reason"], day)
    _alone(moved, uow)
    return moved


def _alone(round_: Round, uow: UnitOfWork) -> None:
    """Raise Conflict if another round of its kind and year overlaps it."""
    with uow.session.no_autoflush:
        for other in rounds_of(uow.session, round_.year, round_.kind):
            if other.id != round_.id:
                round_.beside(other)


def hold_activity(command: dict[str, Any], uow: UnitOfWork) -> CollectionActivity:
    """Record an activity in which suggestions are born; a deputy may only of her delegation."""
    uow.happened(command["starts_on"])
    if command["organiser_kind"] == DELEGATION:
        speak_for_delegation(command["organiser"], uow, "/organiser")
        know_delegation(command["organiser"], uow)
    elif "clerk" not in uow.principal.roles:
        raise Forbidden(
            "activity-of-group",
            "activities of deputies' groups are entered by the office",
            "代表小组的活动由工作人员录入",
            [{"pointer": "/organiser_kind", "detail": "is entered by the office"}],
        )
    return uow.add(CollectionActivity.hold(**command, recorded_at=uow.now))
