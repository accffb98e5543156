"""The calendar's entries, and the task lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ..model.calendar import OPEN, CalendarEntry
from ..model.task_item import TaskCheck, TaskItem
from ..tables import calendar as tables
from .reading import Json, Query, by_day, filtered

_entries = tables.calendar_entries


def list_calendar(year: int) -> Callable[[Json], Query]:
    """The entries of a year by their last days, perhaps of one part or state."""
    c = _entries.c
    query = sa.select(CalendarEntry).where(c.year == year).order_by(c.due_on, c.id)
    return lambda params: filtered(query, _entries, params, ("part", "state"))


def drawn_of(session: Session, year: int) -> set[tuple[str, int]]:
    """Which parts a year has already, each with the how-manieth."""
    c = _entries.c
    rows = session.execute(sa.select(c.part, c.ordinal).where(c.year == year))
    return {(part, ordinal) for part, ordinal in rows}


def open_on(session: Session, must: str, of: str | None, day: dt.date) -> CalendarEntry | None:
    """The open entry for such a thing on a day, the first to end."""
    c = _entries.c
    query = sa.select(CalendarEntry).where(
        c.state == OPEN, c.must == must, c.starts_on <= day, c.due_on >= day
    )
    query = query.where(c.of.is_(None) if of is None else sa.or_(c.of == of, c.of.is_(None)))
    return session.scalars(query.order_by(c.due_on, c.id).limit(1)).first()


def to_remind(session: Session, day: dt.date, limit: int) -> list[CalendarEntry]:
    """Open entries of which nobody was reminded yet, though it is time."""
    c = _entries.c
    query = sa.select(CalendarEntry).where(
        c.state == OPEN, c.remind_on <= day, c.reminded_on.is_(None)
    )
    return list(session.scalars(query.order_by(c.remind_on, c.id).limit(limit)))


def list_task_items(params: Json) -> Query:
    """Items of task lists by day, perhaps of one project, kind, state or watcher."""
    names = ("project_id", "kind", "state", "group_id", "deputy_id", "unit_id", "problem_id")
    return by_day(TaskItem, tables.task_items, params, *names)


def list_task_checks(task_item_id: str) -> Callable[[Json], Query]:
    """The checks of one item by day."""
    c = tables.task_checks.c
    query = sa.select(TaskCheck).where(c.task_item_id == task_item_id)
    return lambda params: query.order_by(c.happened_on, c.id)
