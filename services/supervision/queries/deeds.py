"""Who did what for the year's projects, in the registers that no figure of the report counts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ..model.participant import MEETING
from ..model.report.evaluation import Deed
from ..tables.calendar import task_checks, task_items
from ..tables.findings import findings
from ..tables.groups import groups
from ..tables.matters import snaps
from ..tables.meetings import meetings
from ..tables.organisation import participants, questions
from ..tables.projects import projects


def deeds_of(session: Session, year: int, as_of: dt.date) -> list[Deed]:
    """Items of task lists and their checks, meetings, questions, snaps, findings, by then."""
    by_people = _by_people(year, as_of)
    found = [Deed(*row) for row in session.execute(sa.union_all(*by_people))]
    return found + _meetings_about(session, year, as_of)


def _by_people(year: int, as_of: dt.date) -> list[sa.Select[Any]]:
    ours = sa.select(projects.c.id).where(projects.c.year == year)

    def of(kind: str, table: sa.Table, about: sa.Table) -> sa.Select[Any]:
        query = sa.select(sa.literal(kind), about.c.project_id, about.c.deputy_id)
        return query.where(about.c.project_id.in_(ours), table.c.happened_on <= as_of)

    checked = task_items.c.id == task_checks.c.task_item_id
    return [
        of("tasks", task_items, task_items),
        of("task_checks", task_checks, task_items).where(checked),
        of("questions", questions, questions),
        of("snaps", snaps, snaps),
        of("findings", findings, findings),
        _meetings_attended(year, as_of),
    ]


def _held(year: int, as_of: dt.date) -> sa.ColumnElement[bool]:
    return meetings.c.happened_on.between(dt.date(year, 1, 1), min(as_of, dt.date(year, 12, 31)))


def _meetings_attended(year: int, as_of: dt.date) -> sa.Select[Any]:
    """Each deputy at each meeting of the year, whatever project it was about."""
    p = participants.c
    about = sa.null().cast(projects.c.id.type)
    query = sa.select(sa.literal("meetings"), about, p.deputy_id).join(
        meetings, meetings.c.id == p.subject_id
    )
    return query.where(p.subject_kind == MEETING, p.deputy_id.is_not(None), _held(year, as_of))


def _meetings_about(session: Session, year: int, as_of: dt.date) -> list[Deed]:
    """Each meeting of the year, for each project that it names or whose group it is of."""
    m = meetings.c
    asked = sa.select(m.project_ids, groups.c.project_id)
    query = asked.outerjoin(groups, groups.c.id == m.group_id).where(_held(year, as_of))
    return [
        Deed("meetings", project_id, None)
        for named, of_group in session.execute(query)
        for project_id in sorted({*(named or ()), *filter(None, [of_group])})
    ]
