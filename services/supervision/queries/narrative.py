"""What the text of the report needs beside the figures."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ..model.report import narrative
from ..tables import heard, look_backs, meetings, reports


def narrative_of(session: Session, year: int, title: str = "") -> narrative.Narrative:
    """Names, meetings, look-backs, and the year's passages and scores."""
    units = session.execute(sa.select(heard.units.c.id, heard.units.c.name))
    return narrative.Narrative(
        title=title,
        units={unit.id: unit.name for unit in units},
        meetings=_each(session, narrative.Meeting, meetings.meetings),
        look_backs=_each(session, narrative.LookBack, look_backs.look_backs),
        passages=_passages(session, year),
        scores=_scores(session, year),
    )


def _each(session: Session, cls: Any, table: sa.Table) -> list[Any]:
    names = cls.__dataclass_fields__
    rows = session.execute(sa.select(*(table.c[name] for name in names)))
    return [cls(*row) for row in rows]


def _passages(session: Session, year: int) -> list[narrative.Passage]:
    table = reports.report_texts
    names = narrative.Passage.__dataclass_fields__
    query = sa.select(*(table.c[name] for name in names)).where(table.c.year == year)
    return [narrative.Passage(*row) for row in session.execute(query)]


def _scores(session: Session, year: int) -> list[narrative.Score]:
    table = heard.scores
    names = ("year", "eligible", "returned", "method_title", "items", "published_on")
    query = sa.select(*(table.c[name] for name in names)).where(table.c.year == year)
    return [
        narrative.Score(year, eligible, returned, method, tuple(items), day)
        for _, eligible, returned, method, items, day in session.execute(query)
    ]
