"""Aspects, units, rounds."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork

from ..model.activity import CollectionActivity
from ..model.aspect import Aspect
from ..model.round import Round
from ..model.unit import Unit
from .references import know_aspect


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
    aspect.retire(command["until"], command["superseded_by"])
    return aspect


def register_unit(command: dict[str, Any], uow: UnitOfWork) -> Unit:
    """Add a unit to the register."""
    return uow.add(Unit.register(**command, recorded_at=uow.now))


def open_round(command: dict[str, Any], uow: UnitOfWork) -> Round:
    """Open a round of collection."""
    return uow.add(Round.open(**command, recorded_at=uow.now))


def move_round(command: dict[str, Any], uow: UnitOfWork) -> Round:
    """Give a round other dates."""
    moved = uow.get(Round, command["id"])
    day = uow.happened(command["happened_on"])
    moved.move(command["starts_on"], command["ends_on"], command["reason"], day)
    return moved


def hold_activity(command: dict[str, Any], uow: UnitOfWork) -> CollectionActivity:
    """Record an activity in which suggestions are born."""
    uow.happened(command["starts_on"])
    return uow.add(CollectionActivity.hold(**command, recorded_at=uow.now))
