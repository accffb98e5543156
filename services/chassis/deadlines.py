"""Deadlines in a service's database: their columns, which are open, overdue or provisional."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy import Boolean, Column, Date, Index, Integer, MetaData, String, Table, Text, text
from sqlalchemy.orm import Session

from services.commons.deadline import Deadline

from .columns import Id, UtcDateTime

D = TypeVar("D", bound=Deadline)
_OPEN = text("ended_on IS NULL")


def deadlines_table(metadata: MetaData, *owners: str) -> Table:
    """The table of a service's deadlines; ``owners``: its columns of ids beside ``subject_id``."""
    return Table(
        "deadlines",
        metadata,
        Column("id", Id, primary_key=True),
        Column("kind", String(20), nullable=False),
        Column("subject_id", Id, nullable=False, index=True),
        *(Column(name, Id, index=True) for name in owners),
        Column("unit_id", Id),
        Column("code", String(20), nullable=False),
        Column("begins", String(20), nullable=False),
        Column("amount", Integer),
        Column("unit", String(20)),
        Column("over_holidays", Boolean, nullable=False),
        Column("starts_on", Date, nullable=False),
        Column("starts_at", UtcDateTime),
        Column("due_on", Date, nullable=False),
        Column("due_at", UtcDateTime),
        Column("provisional", Boolean, nullable=False),
        Column("rule_id", Id),
        Column("rule_digest", String(64)),
        Column("recorded_at", UtcDateTime, nullable=False),
        Column("extended_on", Date),
        Column("extension_reason", Text),
        Column("ended_on", Date),
        Column("extended_by", String(200)),
        Column("version", Integer, nullable=False),
        Index("ix_deadlines_due_on_id", "due_on", "id"),
        # What is listed as overdue today, and counted at every scrape: the few that are open.
        Index(
            "ix_deadlines_open", "due_on", "id", "kind", sqlite_where=_OPEN, postgresql_where=_OPEN
        ),
    )


class Deadlines(Generic[D]):
    """The deadlines of one service; ``deadline`` is mapped to ``table``."""

    def __init__(self, deadline: type[D], table: Table, kinds: Sequence[str]) -> None:
        self.deadline, self.table, self.kinds = deadline, table, kinds

    def overdue(self, on: dt.date, today: dt.date) -> sa.ColumnElement[bool]:
        """The one condition of all that is listed, counted or asked for as overdue on a day.

        A last day passes at midnight: on that day itself nothing is overdue.
        """
        c = self.table.c
        still_open: sa.ColumnElement[bool] = c.ended_on.is_(None)
        # Nothing has ended after today: without this the index of the few open ones serves.
        if on < today:
            still_open = sa.or_(still_open, c.ended_on > on)
        return sa.and_(c.due_on < on, still_open)

    def open_of(
        self, session: Session, *, kind: str | None = None, **which: Collection[str]
    ) -> list[D]:
        """The open deadlines of some things (``subject_id=[…]``), the next first."""
        c = self.table.c
        query = sa.select(self.deadline).where(c.ended_on.is_(None))
        for name, ids in which.items():
            query = query.where(c[name].in_(ids))
        if kind is not None:
            query = query.where(c.kind == kind)
        return list(session.scalars(query.order_by(c.due_on, c.id)))

    def provisional_after(self, session: Session, id_: str, limit: int) -> list[D]:
        """Open deadlines that may change when a year's working days are announced, by id."""
        c = self.table.c
        query = sa.select(self.deadline).where(c.ended_on.is_(None), c.provisional, c.id > id_)
        return list(session.scalars(query.order_by(c.id).limit(limit)))

    def count_overdue(self, session: Session, today: dt.date) -> dict[tuple[str, ...], float]:
        """How many of each kind are overdue, for the metric."""
        c = self.table.c
        query = sa.select(c.kind, sa.func.count()).where(self.overdue(today, today))
        found: Any = session.execute(query.group_by(c.kind))
        return {(kind,): 0.0 for kind in self.kinds} | {
            (kind,): float(count) for kind, count in found
        }
