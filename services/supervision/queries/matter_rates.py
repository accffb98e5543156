"""Responded, solved, satisfied: three rates, each by its definition, as of a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ..model.confirmation import REOPENING
from ..model.matter import NOT, OPINION, PROBLEM
from ..model.matter_rates import DEFINITIONS, Case, rates
from ..tables import matters, opinions, projects
from .reading import Json

_TABLES = {OPINION: opinions.opinions, PROBLEM: opinions.problems}


def matter_rates(session: Session, params: Json) -> Json:
    """The rates of a register as of a day, whole and by what was asked for."""
    register, on = params["register"], params.get("on") or params["today"]
    by = params.get("by")
    cases = cases_on(session, register, params, on)
    groups: dict[str | None, list[Case]] = {}
    for case in cases if by else ():
        groups.setdefault(_KEYS[by](case), []).append(case)
    ordered = sorted(groups.items(), key=lambda one: one[0] or "")
    return {
        "register": register,
        "as_of": on,
        "by": by,
        "total": rates(cases),
        "groups": [{"key": key, "rates": rates(of)} for key, of in ordered],
        "definitions": DEFINITIONS,
    }


_KEYS: dict[Any, Callable[[Case], str | None]] = {
    "project": lambda case: case.project_id,
    "unit": lambda case: case.unit_id,
    "kind": lambda case: case.kind,
    "class": lambda case: case.class_,
    "channel": lambda case: case.channel,
    "year": lambda case: str(case.year),
}


def cases_on(session: Session, register: str, params: Json, on: dt.date) -> list[Case]:
    """The matters of a register as they stood on a day; of a project, unit or year if asked."""
    table = _TABLES[register]
    c, p = table.c, projects.projects.c
    channel = c.channel if register == OPINION else sa.null()
    columns = (c.id, c.project_id, p.year, c.unit_id, c.kind, c["class"], channel)
    days = (c.replied_on, c.talked_on, c.published_on)
    query = sa.select(*columns, *days).join(projects.projects, p.id == c.project_id)
    query = query.where(c.happened_on <= on)
    for name, column in (("project_id", c.project_id), ("unit_id", c.unit_id), ("year", p.year)):
        if name in params:
            query = query.where(column == params[name])
    year = params.get("year")
    said, found = _judged(session, on, year), _confirmed(session, register, on, year)
    return [
        Case(
            *row[:7],
            replied=_by(row[7], on),
            talked=_by(row[8], on),
            published=_by(row[9], on),
            judgement=said.get(row[0]),
            solved=found.get(row[0], False),
        )
        for row in session.execute(query)
    ]


def _of(year: int | None, columns: Any) -> Any:
    """What belongs to projects of a year, or to any: not all years are read for one."""
    if year is None:
        return sa.true()
    p = projects.projects.c
    return columns.project_id.in_(sa.select(p.id).where(p.year == year))


def _by(day: dt.date | None, on: dt.date) -> bool:
    return day is not None and day <= on


def _judged(session: Session, on: dt.date, year: int | None) -> dict[str, str]:
    """The last judgement of each by that day."""
    c = matters.judgements.c
    query = sa.select(c.matter_id, c.judgement).where(c.happened_on <= on, _of(year, c))
    ordered = session.execute(query.order_by(c.happened_on, c.recorded_at))
    return {one.matter_id: one.judgement for one in ordered}


def _confirmed(session: Session, register: str, on: dt.date, year: int | None) -> dict[str, bool]:
    """Whether the last that was found by that day, or said since, is that it is solved."""
    c, a, j = matters.confirmations.c, matters.matter_acts.c, matters.judgements.c
    rows: list[tuple[dt.date, dt.datetime, str, bool]] = []
    query = sa.select(c.happened_on, c.recorded_at, c.matter_id, c.solved)
    found = session.execute(query.where(c.register == register, c.happened_on <= on, _of(year, c)))
    rows += [(day, at, id_, solved) for day, at, id_, solved in found]
    reopened = sa.select(a.happened_on, a.recorded_at, a.matter_id).where(
        a.act == REOPENING, a.register == register, a.happened_on <= on, _of(year, a)
    )
    refused = sa.select(j.happened_on, j.recorded_at, j.matter_id).where(
        j.judgement == NOT, j.register == register, j.happened_on <= on, _of(year, j)
    )
    for again in (reopened, refused):
        rows += [(day, at, id_, False) for day, at, id_ in session.execute(again)]
    return {id_: solved for _, _, id_, solved in sorted(rows, key=lambda one: one[:2])}
