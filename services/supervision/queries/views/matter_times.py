"""What units, press and researchers ask of matters: the day of every step, and no words."""

from __future__ import annotations

from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ...tables import heard
from ...tables.projects import projects
from .matter_counts import REGISTERS
from .merged import Branch, Merged, literal, nothing

Json = dict[str, Any]

#: Columns of both registers as they are.
PLAIN = (
    *("kind", "class", "state", "division", "result", "judgement"),
    *("routed_on", "accepted_on", "handled_on", "replied_on", "judged_on", "confirmed_on"),
    *("closed_on", "talked_on", "published_on", "recorded_at"),
)


def matter_times(session: Session, params: Json) -> Json:
    """One page of a year's opinions and problems, in the order of the days they were raised."""
    merged = _merged(params.get("register"))
    rows, following = merged.page(session, {"year": params["year"]}, params)
    return {"items": [row._mapping for row in rows], "next": following}


@cache
def _merged(register: str | None) -> Merged:
    return Merged(
        (number, _of(one, table))
        for number, (one, table) in enumerate(REGISTERS.items())
        if register in (None, one)
    )


def _of(register: str, table: sa.Table) -> Branch:
    c, p, u = table.c, projects.c, heard.units.c
    query = (
        sa.select(
            literal(register).label("register"),
            c.id,
            c.happened_on.label("day"),
            c.project_id,
            p.name.label("project"),
            c.unit_id,
            u.name.label("unit"),
            (c.channel if "channel" in c else nothing(sa.String)).label("channel"),
            *(c[name] for name in PLAIN),
        )
        .join(projects, p.id == c.project_id)
        .outerjoin(heard.units, u.id == c.unit_id)
        .where(p.year == sa.bindparam("year", type_=sa.Integer))
    )
    return Branch(query, c.happened_on, c.id)
