"""How many opinions and problems there are, and how many of them are open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ...model.matter import CLOSED
from ...tables.opinions import opinions, problems
from .merged import literal

REGISTERS = {"opinion": opinions, "problem": problems}


def settled(table: sa.Table) -> sa.ColumnElement[bool]:
    """Whether a matter is settled; one of the release before has no state: handled and replied."""
    c = table.c
    before = sa.and_(c.state.is_(None), c.handled_on.is_not(None), c.replied_on.is_not(None))
    return sa.or_(c.state == CLOSED, before)


def matter_counts(session: Session, project_ids: Sequence[str], *columns: str) -> list[Any]:
    """Rows of ``register``, the columns asked for, ``count`` and ``open``: one statement."""
    parts = []
    for register, table in REGISTERS.items():
        groups = [table.c[name] for name in columns]
        open_ = sa.func.count(sa.case((sa.not_(settled(table)), 1)))
        part = sa.select(
            literal(register).label("register"),
            *groups,
            sa.func.count().label("count"),
            open_.label("open"),
        ).where(table.c.project_id.in_(project_ids))
        parts.append(part.group_by(*groups))
    return list(session.execute(sa.union_all(*parts)))
