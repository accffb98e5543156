"""Aspects, units, rounds."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork

from ..model.aspect import Aspect
from ..model.round import Round
from ..model.unit import Unit


def define_aspect(command: dict[str, Any], uow: UnitOfWork) -> Aspect:
    """Add an aspect to the list."""
    return uow.add(Aspect.define(**command, recorded_at=uow.now))


def register_unit(command: dict[str, Any], uow: UnitOfWork) -> Unit:
    """Add a unit to the register."""
    return uow.add(Unit.register(**command, recorded_at=uow.now))


def open_round(command: dict[str, Any], uow: UnitOfWork) -> Round:
    """Open a round of collection."""
    return uow.add(Round.open(**command, recorded_at=uow.now))
