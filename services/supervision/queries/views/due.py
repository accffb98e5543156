"""Deadlines on desks: what each kind is called, where it leads, and whose it is without a unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from services.commons.deadline import PROMISE

from ...model import deadline
from ...model.matter import OPINION, PROBLEM
from ...tables import look_backs, matters, opinions, organisation, resources
from ...tables.rules import deadlines
from .waiting import CLERK, DEPUTY, GOVERNMENT, UNIT, Reader, Whose, columns

_D = deadlines.c
_TASKS, _FOUND = resources.coordination_tasks.c, look_backs.look_back_findings.c
_ROUTED = matters.routings.c


@dataclass(frozen=True)
class Due:
    """A kind of deadline: its names, and what the reader's link leads to.

    ``of``: the link's id, if it is not the subject's.  ``deputy``: which of them wait for a deputy.
    """

    zh: str
    en: str
    record: Any
    of: Any = None
    deputy: Whose | None = None


def _of_her_groups(reader: Reader) -> sa.ColumnElement[bool]:
    c = organisation.decisions.c
    hers = sa.select(c.id).where(c.group_id.in_(reader.group_ids), c.state == "open")
    return _D.subject_id.in_(hers)


def _to_judge(reader: Reader) -> sa.ColumnElement[bool]:
    c = opinions.opinions.c
    hers = sa.select(c.id).where(c.deputy_id == reader.subject)
    return sa.and_(_D.code == deadline.JUDGE, _D.subject_id.in_(hers))


def _named(column: sa.Column[Any], id_: sa.Column[Any]) -> Any:
    """What the row says that the deadline is about."""
    return sa.select(column).where(id_ == _D.subject_id).scalar_subquery()


_PROBLEM = _named(opinions.problems.c.id, opinions.problems.c.id)
#: Every kind of deadline; a test holds that none is missing.
DUE: dict[str, Due] = {
    OPINION: Due("意见建议", "an opinion", "opinion", deputy=_to_judge),
    PROBLEM: Due("问题整改", "a problem", "problem"),
    deadline.SNAP: Due("随手拍归属", "a snap that belongs to no project yet", "snap"),
    deadline.CO_HANDLING: Due(
        "协办意见",
        "the opinion of a co-handling unit",
        _named(_ROUTED.register, _ROUTED.id),
        of=_named(_ROUTED.matter_id, _ROUTED.id),
    ),
    PROMISE: Due(
        "承诺事项兑现",
        "a promise to be kept",
        sa.case((_PROBLEM.is_not(None), "problem"), else_="opinion"),
    ),
    deadline.DECISION: Due(
        "会议议定事项落实", "a decision to be carried out", "decision", deputy=_of_her_groups
    ),
    deadline.QUESTION: Due("问询答复", "a question to be answered", "question"),
    deadline.REPORT_OPINION: Due(
        "审议意见的办理答复", "an opinion on the report, to be answered", "report-opinion"
    ),
    deadline.CALENDAR: Due("监督工作日程", "an entry of the calendar", "calendar-entry"),
    deadline.TASK: Due("监督任务清单事项", "an item of a task list", "task-item"),
    deadline.RESOURCE: Due("要素保障到位", "a resource owed", "resource"),
    deadline.COORDINATION: Due(
        "协调事项",
        "a coordinated task",
        "coordination",
        of=sa.func.coalesce(_named(_TASKS.coordination_id, _TASKS.id), _D.subject_id),
    ),
    deadline.LOOK_BACK: Due("回头看", "a look-back to be made", "planned-look-back"),
    deadline.FOLLOW_UP: Due(
        "回头看问题整改",
        "what a look-back found, to be put right",
        "planned-look-back",
        of=_named(_FOUND.look_back_id, _FOUND.id),
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
        record=_by_kind("record", sa.null()),
        of=_by_kind("of", _D.subject_id),
        project_id=_D.project_id,
        unit_id=_D.unit_id,
        since=_D.starts_on,
        code=_D.code,
    )
    return [query.where(_D.ended_on.is_(None), sa.or_(*mine))]


def _by_kind(name: str, otherwise: Any) -> sa.ColumnElement[Any]:
    """What the kind of the row has there."""
    told = {kind: getattr(one, name) for kind, one in DUE.items()}
    special = [(_D.kind == kind, what) for kind, what in told.items() if what is not None]
    return sa.case(*special, else_=otherwise)
