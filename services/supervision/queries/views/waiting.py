"""One kind of thing that waits for somebody, and who asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from services.chassis.columns import Id

from .merged import NEVER, literal, nothing, text_of

CLERK, GOVERNMENT, UNIT, DEPUTY = ROLES = ("clerk", "government", "unit", "deputy")


@dataclass(frozen=True)
class Reader:
    """Who looks at her desk, on which day; ``group_ids``: the supervision groups she is in."""

    subject: str
    roles: frozenset[str]
    today: dt.date
    group_ids: tuple[str, ...] = ()


#: What of a table waits for a reader.
Whose = Callable[[Reader], sa.ColumnElement[bool]]


@dataclass(frozen=True)
class Wait:
    """What waits for somebody: its kind, what it is called, and for whom (``whose``, by role).

    ``record``: what the reader's link leads to, or the column that says so; ``of``: the column with
    its id, if it is not ``id``.  ``due``: the column of its last day, ``since``: of the day from
    which on it waits.
    """

    kind: str
    table: sa.Table
    zh: str
    en: str
    record: Any
    whose: Mapping[str, Whose] = field(default_factory=dict)
    of: Any = None
    due: Any = None
    since: str = "happened_on"

    def queries(self, reader: Reader) -> list[sa.Select[Any]]:
        """What waits for this reader, each thing once however many roles she has; or none."""
        mine = [
            self.whose[role](reader) for role in ROLES if role in reader.roles & set(self.whose)
        ]
        if not mine:
            return []
        c = self.table.c
        return [
            columns(
                kind=literal(self.kind),
                day=NEVER if self.due is None else sa.func.coalesce(self.due, NEVER),
                id=c.id,
                record=self.record,
                of=self.of,
                project_id=c.get("project_id"),
                unit_id=c.get("unit_id"),
                since=c[self.since],
                code=None,
            ).where(sa.or_(*mine))
        ]


def columns(**given: Any) -> sa.Select[Any]:
    """The columns that all of them have."""
    return sa.select(
        given["kind"].label("kind"),
        _dated(given["day"]).label("day"),
        given["id"].label("id"),
        text_of(given["record"]).label("record"),
        *(_or_nothing(given[name], Id).label(name) for name in ("of", "project_id", "unit_id")),
        given["since"].label("since"),
        _or_nothing(given["code"], sa.String).label("code"),
    )


def _dated(day: Any) -> sa.ColumnElement[Any]:
    return sa.literal(day, sa.Date) if isinstance(day, dt.date) else day


def _or_nothing(column: Any, type_: Any) -> sa.ColumnElement[Any]:
    found: sa.ColumnElement[Any] = nothing(type_) if column is None else column
    return found
