"""Declared indicators."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.errors import Conflict

from ..model.indicator import Indicator
from ..queries import existing
from . import references
from .said import said

Json = dict[str, Any]


def define_indicator(command: Json, uow: UnitOfWork) -> Indicator:
    """Define an indicator of a year; the same key again is a Conflict."""
    uow.happened(command["happened_on"])
    references.units(uow, [command["declared_by"]], "/declared_by")
    if existing.has_indicator(uow.session, command["year"], command["key"]):
        raise Conflict(
            "indicator-exists",
            "this year has an indicator of this key already",
            "该年度已有此指标",
            [{"pointer": "/key", "detail": "is defined already"}],
        )
    return uow.add(Indicator.define(**command, recorded_at=uow.now))


def declare_indicator(command: Json, uow: UnitOfWork) -> Indicator:
    """Add the number of a month."""
    indicator = uow.get(Indicator, command["id"])
    references.speaks_for_unit(uow, indicator.declared_by)
    uow.happened(command["happened_on"])
    indicator.declare(**said(command), recorded_at=uow.now)
    uow.changed(indicator)
    return indicator
