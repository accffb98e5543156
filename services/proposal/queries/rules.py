"""Rules, and which was in force on a day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.work import get

from ..model.rule import Rule
from ..rules import shipped
from ..tables.register import rules

Query = sa.Select[Any]


def get_rule(session: Session, id_: str) -> Rule:
    """One rule."""
    return get(session, Rule, id_)


def list_rules(params: dict[str, Any]) -> Query:
    """Adopted rules by kind and day."""
    query = sa.select(Rule).order_by(rules.c.kind, rules.c.adopted_on, rules.c.id)
    return query.where(rules.c.kind == params["kind"]) if "kind" in params else query


def in_force(session: Session, kind: str, day: dt.date) -> Rule:
    """The rule of a kind that had been adopted last by that day; the shipped one before any was."""
    found = session.scalars(_IN_FORCE, {"kind": kind, "day": day}).first()
    return found or Rule.shipped(kind, shipped(kind))


def show_in_force(session: Session, params: dict[str, Any]) -> Rule:
    """The same, as asked for."""
    return in_force(session, params["kind"], params.get("on") or params["today"])


_IN_FORCE = (
    sa.select(Rule)
    .where(rules.c.kind == sa.bindparam("kind"), rules.c.adopted_on <= sa.bindparam("day"))
    .order_by(rules.c.adopted_on.desc(), rules.c.recorded_at.desc())
    .limit(1)
)
