"""The rules of a service: their table, the shipped examples, and which is in force on a day.

A service's ``rules/`` folder holds one JSON file a kind (title, text, source, content): an example,
in force until a body adopts its own.
"""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from importlib import resources
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy import Column, Date, Index, Integer, MetaData, String, Table, Text
from sqlalchemy.orm import Session

from services.commons.rule import Rule

from .columns import Id, Json, UtcDateTime
from .work import UnitOfWork, get

R = TypeVar("R", bound=Rule)


def rules_table(metadata: MetaData) -> Table:
    """The table of a service's rules."""
    return Table(
        "rules",
        metadata,
        Column("id", Id, primary_key=True),
        Column("kind", String(20), nullable=False),
        Column("title", String(120), nullable=False),
        Column("text", Text, nullable=False),
        Column("source", String(500), nullable=False),
        Column("content", Json, nullable=False),
        Column("adopted_by", String(200), nullable=False),
        Column("adopted_on", Date, nullable=False),
        Column("recorded_at", UtcDateTime, nullable=False),
        Column("version", Integer, nullable=False),
        Index("ix_rules_kind_adopted_on", "kind", "adopted_on"),
    )


@cache
def shipped(package: str, kind: str) -> dict[str, Any]:
    """The example of a kind that comes with a service: title, text, source, content."""
    data: dict[str, Any] = json.loads(
        (resources.files(package) / f"{kind}.json").read_text("utf-8")
    )
    return data


class Rulebook(Generic[R]):
    """The rules of one service; ``rule`` is mapped to ``table``, ``package`` holds the examples."""

    def __init__(self, rule: type[R], table: Table, package: str) -> None:
        self.rule, self.table, self.package = rule, table, package
        c = table.c
        self._in_force = (
            sa.select(rule)
            .where(c.kind == sa.bindparam("kind"), c.adopted_on <= sa.bindparam("day"))
            .order_by(c.adopted_on.desc(), c.recorded_at.desc())
            .limit(1)
        )

    def adopt(self, command: dict[str, Any], uow: UnitOfWork) -> R:
        """Record a rule that a body adopted; it is in force from that day on."""
        uow.happened(command["happened_on"])
        return uow.add(self.rule.adopt(**command, recorded_at=uow.now))

    def get(self, session: Session, id_: str) -> R:
        """One rule; NotFound without it."""
        return get(session, self.rule, id_)

    def listed(self, params: dict[str, Any]) -> sa.Select[Any]:
        """Adopted rules by kind and day."""
        c = self.table.c
        query = sa.select(self.rule).order_by(c.kind, c.adopted_on, c.id)
        return query.where(c.kind == params["kind"]) if "kind" in params else query

    def in_force(self, session: Session, kind: str, day: dt.date) -> R:
        """The rule of a kind that had been adopted last by that day, or the shipped example."""
        found = session.scalars(self._in_force, {"kind": kind, "day": day}).first()
        return found or self.rule.shipped(kind, shipped(self.package, kind))

    def shown(self, session: Session, params: dict[str, Any]) -> R:
        """The same, as asked for."""
        return self.in_force(session, params["kind"], params.get("on") or params["today"])
