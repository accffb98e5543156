"""What the text of the report needs beside the figures."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ..model.report import narrative
from ..tables import heard, look_backs, meetings, rectifications, reports


def narrative_of(session: Session, year: int, title: str = "") -> narrative.Narrative:
    """Names, meetings, look-backs, the year's passages, its scores and those of the year before."""
    units = session.execute(sa.select(heard.units.c.id, heard.units.c.name))
    return narrative.Narrative(
        title=title,
        units={unit.id: unit.name for unit in units},
        meetings=_each(session, narrative.Meeting, meetings.meetings),
        look_backs=_each(session, narrative.LookBack, look_backs.look_backs),
        passages=_passages(session, year),
        scores=_scores(session, year),
        rectifications=_rectifications(session, year),
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
    c = heard.scores.c
    query = sa.select(heard.scores).where(c.year.in_((year - 1, year)))
    return [
        narrative.Score(
            year=row.year,
            eligible=row.eligible,
            returned=row.returned,
            method_title=row.method_title,
            items=tuple(row._mapping["items"]),
            happened_on=row.published_on,
            id=row.id,
            follows=row.follows,
            **_parts(row.parts or {}),
        )
        for row in session.execute(query.order_by(c.published_on, c.id))
    ]


def _parts(parts: dict[str, Any]) -> dict[str, Any]:
    lists = {name: tuple(parts.get(name) or ()) for name in ("groups", "projects", "consequences")}
    return lists | {"overall": parts.get("overall")}


def _rectifications(session: Session, year: int) -> list[narrative.Rectified]:
    table = rectifications.rectifications
    names = ("id", "questionnaire_id", "item_id", "unit_id", "steps", "happened_on")
    query = sa.select(*(table.c[name] for name in names)).where(table.c.year == year)
    return [
        narrative.Rectified(id_, of, item, unit, tuple(steps), day)
        for id_, of, item, unit, steps, day in session.execute(query)
    ]
