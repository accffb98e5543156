"""Aspects, units, rounds."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.paging import containing, ordered
from services.chassis.work import get

from ..model.aspect import Aspect
from ..model.round import Round
from ..model.unit import Unit
from ..tables.heard import deputies
from ..tables.register import aspects, rounds, units
from .years import of_year_unordered

Query = sa.Select[Any]


def get_unit(session: Session, id_: str) -> Unit:
    """One unit."""
    return get(session, Unit, id_)


def get_aspect(session: Session, id_: str) -> Aspect:
    """One aspect."""
    return get(session, Aspect, id_)


def get_round(session: Session, id_: str) -> Round:
    """One round."""
    return get(session, Round, id_)


def knows_aspect(session: Session, code: str, day: dt.date | None = None) -> bool:
    """Whether an aspect of this code is on the list, and with a day: still takes something."""
    row = session.connection().execute(_ASPECT, {"code": code}).first()
    return row is not None and (day is None or row.until is None or day < row.until)


def knows_deputy(session: Session, id_: str) -> bool:
    """Whether a deputy of this id has been heard of."""
    return session.connection().execute(_DEPUTY, {"id": id_}).first() is not None


def knows_delegation(session: Session, name: str) -> bool:
    """Whether a deputy of this delegation has been heard of."""
    query = sa.select(deputies.c.id).where(deputies.c.delegation == name).limit(1)
    return session.connection().execute(query).first() is not None


def delegation_of(session: Session, deputy_id: str) -> str | None:
    """The delegation in which a deputy sits, as far as it was heard here."""
    try:
        uuid.UUID(deputy_id)
    except ValueError:  # staff are no deputies, and their subjects may be anything
        return None
    query = sa.select(deputies.c.delegation).where(deputies.c.id == deputy_id)
    found: str | None = session.connection().execute(query).scalar_one_or_none()
    return found


def list_aspects(params: dict[str, Any]) -> Query:
    """All aspects, by code without another order; with a day those that take suggestions on it."""
    query = containing(sa.select(Aspect), params.get("q", ""), aspects.c.name)
    if "on" in params:
        query = query.where(sa.or_(aspects.c.until.is_(None), aspects.c.until > params["on"]))
    return ordered(query, params, _ASPECTS, aspects.c.id, default="code")


def named_on(page: dict[str, Any], day: str | None) -> dict[str, Any]:
    """A page of aspects, each by the name that it had on a day."""
    for one in page["items"] if day else ():
        earlier = (name for name in one["names"] or () if day < name["until"])
        one["name"] = next(earlier, one)["name"]
    return page


def list_units(params: dict[str, Any]) -> Query:
    """Units, by name without another order."""
    query = containing(sa.select(Unit), params.get("q", ""), units.c.name)
    if "kind" in params:
        query = query.where(units.c.kind == params["kind"])
    return ordered(query, params, _UNITS, units.c.id, default="name")


def list_rounds(params: dict[str, Any]) -> Query:
    """Rounds, by id without another order."""
    query = of_year_unordered(Round, params)
    query = containing(query, params.get("q", ""), rounds.c.name)
    if "kind" in params:
        query = query.where(rounds.c.kind == params["kind"])
    return ordered(query, params, _ROUNDS, rounds.c.id, default="id")


_ASPECTS = {name: aspects.c[name] for name in ("code", "name", "recorded_at", "id")}
_ROUNDS = {name: rounds.c[name] for name in ("starts_on", "recorded_at", "name", "id")}
_UNITS = {name: units.c[name] for name in ("name", "recorded_at", "id")}
_ASPECT = sa.select(aspects.c.until).where(aspects.c.code == sa.bindparam("code"))
_DEPUTY = sa.select(deputies.c.id).where(deputies.c.id == sa.bindparam("id"))
