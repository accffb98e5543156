"""Aspects, units, rounds."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.paging import containing, ordered
from services.chassis.work import get

from ..model.aspect import Aspect
from ..model.round import Round
from ..model.unit import Unit
from ..tables.register import aspects, units
from .years import of_year

Query = sa.Select[Any]


def get_unit(session: Session, id_: str) -> Unit:
    """One unit."""
    return get(session, Unit, id_)


def knows_aspect(session: Session, code: str) -> bool:
    """Whether an aspect of this code is on the list."""
    return session.connection().execute(_ASPECT, {"code": code}).first() is not None


def list_aspects(params: dict[str, Any]) -> Query:
    """All aspects, by code."""
    return sa.select(Aspect).order_by(aspects.c.code)


def list_units(params: dict[str, Any]) -> Query:
    """Units, by name without another order."""
    query = containing(sa.select(Unit), params.get("q", ""), units.c.name)
    if "kind" in params:
        query = query.where(units.c.kind == params["kind"])
    return ordered(query, params, _UNITS, units.c.id, default="name")


def list_rounds(params: dict[str, Any]) -> Query:
    """Rounds by id."""
    return of_year(Round, params)


_UNITS = {name: units.c[name] for name in ("name", "recorded_at", "id")}
_ASPECT = sa.select(aspects.c.id).where(aspects.c.code == sa.bindparam("code"))
