"""One kind of thing that waits for somebody, and who asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from services.chassis.columns import Id

from .merged import NEVER, Branch, literal, nothing, text_of

CLERK, GOVERNMENT, UNIT, DEPUTY = ROLES = ("clerk", "government", "unit", "deputy")


#: Who looks, on which day, and the supervision groups that she is in.
SUBJECT = sa.bindparam("subject", type_=Id)
TODAY = sa.bindparam("today", type_=sa.Date)
GROUPS = sa.bindparam("group_ids", type_=Id, expanding=True)

#: What of a table waits for a reader of each role.
Whose = Mapping[str, sa.ColumnElement[bool]]


@dataclass(frozen=True)
class Wait:
    """What waits for somebody: its kind, what it is called, and for whom (``whose``, by role).

    ``record``: what the reader's link leads to, or the column that says so; ``of``: the column with
    its id, if it is not ``id``.  ``code``: what says more of it.  ``due``: the column of
    its last day; ``since``: of the day from which on it waits, ``project_id``: of its project, if
    they have other names than everywhere.
    """

    kind: str
    table: sa.Table
    zh: str
    en: str
    record: Any
    whose: Whose = field(default_factory=dict)
    of: Any = None
    code: Any = None
    due: Any = None
    since: Any = None
    project_id: Any = None

    def branch(self, roles: frozenset[str]) -> Branch | None:
        """What waits for a reader of these roles, each thing once; None if nothing can."""
        mine = [condition for role, condition in self.whose.items() if role in roles]
        if not mine:
            return None
        c = self.table.c
        day: Any = sa.literal(NEVER, sa.Date)
        if self.due is not None:
            day = sa.func.coalesce(self.due, day)
        query = columns(
            kind=literal(self.kind),
            day=day,
            id=c.id,
            record=self.record,
            of=self.of,
            project_id=c.get("project_id") if self.project_id is None else self.project_id,
            unit_id=c.get("unit_id"),
            since=c.happened_on if self.since is None else self.since,
            code=self.code,
        )
        return Branch(query.where(sa.or_(*mine)), day, c.id)


def columns(**given: Any) -> sa.Select[Any]:
    """The columns that all of them have."""
    return sa.select(
        given["kind"].label("kind"),
        given["day"].label("day"),
        given["id"].label("id"),
        text_of(given["record"]).label("record"),
        *(_or_nothing(given[name], Id).label(name) for name in ("of", "project_id", "unit_id")),
        given["since"].label("since"),
        _or_nothing(given["code"], sa.String).label("code"),
    )


def _or_nothing(column: Any, type_: Any) -> sa.ColumnElement[Any]:
    found: sa.ColumnElement[Any] = nothing(type_) if column is None else column
    return found
