"""Deadlines on desks: what each kind is called, where it leads, and whose it is without a unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from services.commons.deadline import PROMISE

from ...model import deadline
from ...tables import organisation, resources
from ...tables.rules import deadlines
from .waiting import CLERK, DEPUTY, GOVERNMENT, UNIT, Reader, Whose, columns

_D = deadlines.c
_TASKS = resources.coordination_tasks.c


@dataclass(frozen=True)
class Due:
    """A kind of deadline: its names, and what the reader's link leads to.

    ``of``: the link's id, if it is not the subject's.  ``deputy``: which of them wait for a deputy.
    """

    zh: str
    en: str
    record: str
    of: Any = None
    deputy: Whose | None = None


def _of_her_groups(reader: Reader) -> sa.ColumnElement[bool]:
    c = organisation.decisions.c
    hers = sa.select(c.id).where(c.group_id.in_(reader.group_ids), c.state == "open")
    return _D.subject_id.in_(hers)


#: Every kind of deadline; a test holds that none is missing.
DUE: dict[str, Due] = {
    deadline.MATTER: Due("意见建议或者问题办理", "a matter to be dealt with", "opinion"),
    PROMISE: Due("承诺事项兑现", "a promise to be kept", "opinion"),
    deadline.DECISION: Due(
        "会议议定事项落实", "a decision to be carried out", "decision", deputy=_of_her_groups
    ),
    deadline.QUESTION: Due("问询答复", "a question to be answered", "question"),
    deadline.CALENDAR: Due("监督工作日程", "an entry of the calendar", "calendar-entry"),
    deadline.TASK: Due("监督任务清单事项", "an item of a task list", "task-item"),
    deadline.RESOURCE: Due("要素保障到位", "a resource owed", "resource"),
    deadline.COORDINATION: Due(
        "协调事项",
        "a coordinated task",
        "coordination",
        of=sa.func.coalesce(
            sa.select(_TASKS.coordination_id).where(_TASKS.id == _D.subject_id).scalar_subquery(),
            _D.subject_id,
        ),
    ),
}


def _open_of_unit(reader: Reader) -> sa.ColumnElement[bool]:
    return _D.unit_id == reader.subject


def _of_no_unit(reader: Reader) -> sa.ColumnElement[bool]:
    return _D.unit_id.is_(None)


def _overdue_of_units(reader: Reader) -> sa.ColumnElement[bool]:
    return sa.and_(_D.unit_id.is_not(None), _D.due_on < reader.today)


def _of_deputy(reader: Reader) -> sa.ColumnElement[bool]:
    mine = [sa.and_(_D.kind == kind, one.deputy(reader)) for kind, one in DUE.items() if one.deputy]
    return sa.or_(sa.false(), *mine)


#: A unit's own; the office's are those of no unit; the government sees what units let pass.
WHOSE: dict[str, Callable[[Reader], sa.ColumnElement[bool]]] = {
    UNIT: _open_of_unit,
    CLERK: _of_no_unit,
    GOVERNMENT: _overdue_of_units,
    DEPUTY: _of_deputy,
}


def deadlines_of(reader: Reader) -> list[sa.Select[Any]]:
    """The open deadlines that are this reader's; by kind, in the columns that all waits have."""
    mine = [whose(reader) for role, whose in WHOSE.items() if role in reader.roles]
    if not mine:
        return []
    query = columns(
        kind=_D.kind,
        day=_D.due_on,
        id=_D.id,
        of=_of(),
        project_id=_D.project_id,
        unit_id=_D.unit_id,
        since=_D.starts_on,
        code=_D.code,
    )
    return [query.where(_D.ended_on.is_(None), sa.or_(*mine))]


def _of() -> Any:
    special = [(_D.kind == kind, one.of) for kind, one in DUE.items() if one.of is not None]
    return sa.case(*special, else_=_D.subject_id)
