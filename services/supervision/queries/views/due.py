"""Deadlines on desks: what each kind is called, where it leads, and whose it is without a unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from services.commons.deadline import PROMISE

from ...model import deadline
from ...model.matter import OPINION, PROBLEM
from ...tables import look_backs, matters, opinions, organisation, resources
from ...tables.calendar import task_items
from ...tables.groups import groups
from ...tables.rules import deadlines
from .merged import Branch
from .waiting import CLERK, DEPUTY, GOVERNMENT, GROUPS, SUBJECT, TODAY, UNIT, columns

_D = deadlines.c
_TASKS, _FOUND = resources.coordination_tasks.c, look_backs.look_back_findings.c
_ROUTED = matters.routings.c


@dataclass(frozen=True)
class Due:
    """A kind of deadline: its names, and what the reader's link leads to.

    ``of``: the link's id, if it is not the subject's.  ``deputy``: the condition of
    those that wait for a deputy.
    """

    zh: str
    en: str
    record: Any
    of: Any = None
    deputy: Any = None


_DECIDED, _OPINION = organisation.decisions.c, opinions.opinions.c
_OF_HER_GROUPS = _D.subject_id.in_(sa.select(_DECIDED.id).where(_DECIDED.group_id.in_(GROUPS)))
_WATCHED, _GROUP = task_items.c, groups.c
_TO_WATCH = _D.subject_id.in_(
    sa.select(_WATCHED.id).where(
        sa.or_(_WATCHED.deputy_id == SUBJECT, _WATCHED.group_id.in_(GROUPS))
    )
)
_OF_HER_PROJECTS = _D.project_id.in_(sa.select(_GROUP.project_id).where(_GROUP.id.in_(GROUPS)))
_TO_JUDGE = sa.and_(
    _D.code == deadline.JUDGE,
    _D.subject_id.in_(sa.select(_OPINION.id).where(_OPINION.deputy_id == SUBJECT)),
)


def _named(column: sa.Column[Any], id_: sa.Column[Any]) -> Any:
    """What the row says that the deadline is about."""
    return sa.select(column).where(id_ == _D.subject_id).scalar_subquery()


_PROBLEM = _named(opinions.problems.c.id, opinions.problems.c.id)
#: Every kind of deadline; a test holds that none is missing.
DUE: dict[str, Due] = {
    OPINION: Due("意见建议", "an opinion", "opinion", deputy=_TO_JUDGE),
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
        "会议议定事项落实", "a decision to be carried out", "decision", deputy=_OF_HER_GROUPS
    ),
    deadline.QUESTION: Due("问询答复", "a question to be answered", "question"),
    deadline.REPORT_OPINION: Due(
        "审议意见的办理答复", "an opinion on the report, to be answered", "report-opinion"
    ),
    deadline.CALENDAR: Due(
        "监督工作日程", "an entry of the calendar", "calendar-entry", deputy=sa.true()
    ),
    deadline.TASK: Due("监督任务清单事项", "an item of a task list", "task-item", deputy=_TO_WATCH),
    deadline.PLAN: Due("实施计划公布", "a plan to be published", "project"),
    deadline.PROGRESS: Due("月度进展报送", "a month's progress", "project"),
    deadline.TASK_PROGRESS: Due(
        "区县任务月度进展报送", "a month's progress of a district's tasks", "project"
    ),
    deadline.MILESTONE: Due("节点", "a milestone to be reached", "project", of=_D.project_id),
    deadline.CHANGE: Due(
        "项目调整、暂缓或者终止的公告、报告",
        "a decided change, to be announced or reported",
        "change",
    ),
    deadline.MESSAGE: Due("群众留言", "a resident's message", "message"),
    deadline.RESOURCE: Due("要素保障到位", "a resource owed", "resource"),
    deadline.COORDINATION: Due(
        "协调事项",
        "a coordinated task",
        "coordination",
        of=sa.func.coalesce(_named(_TASKS.coordination_id, _TASKS.id), _D.subject_id),
    ),
    deadline.RECTIFICATION: Due(
        "满意度测评后的整改",
        "what an assessment found below the line, to be put right or confirmed",
        "rectification",
        deputy=sa.and_(_D.code == deadline.CONFIRM, _OF_HER_PROJECTS),
    ),
    deadline.LOOK_BACK: Due(
        "回头看", "a look-back to be made", "planned-look-back", deputy=_OF_HER_PROJECTS
    ),
    deadline.FOLLOW_UP: Due(
        "回头看问题整改",
        "what a look-back found, to be put right",
        "planned-look-back",
        of=_named(_FOUND.look_back_id, _FOUND.id),
    ),
}


_OF_DEPUTY = [
    sa.and_(_D.kind == kind, one.deputy) for kind, one in DUE.items() if one.deputy is not None
]
#: A unit proposed the change; who announces and reports what was decided is the office.
_OF_OFFICE = (deadline.CHANGE,)
#: A unit's own; the office's are those of no unit; the government sees what units let pass.
WHOSE: dict[str, sa.ColumnElement[bool]] = {
    UNIT: _D.unit_id == SUBJECT,
    CLERK: sa.or_(_D.unit_id.is_(None), _D.kind.in_(_OF_OFFICE)),
    GOVERNMENT: sa.and_(_D.unit_id.is_not(None), _D.due_on < TODAY),
    DEPUTY: sa.or_(*_OF_DEPUTY),
}


def deadlines_of(roles: frozenset[str]) -> Branch | None:
    """The open deadlines of readers of these roles, in the columns that all waits have."""
    mine = [condition for role, condition in WHOSE.items() if role in roles]
    if not mine:
        return None
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
    return Branch(query.where(_D.ended_on.is_(None), sa.or_(*mine)), _D.due_on, _D.id)


def _by_kind(name: str, otherwise: Any) -> sa.ColumnElement[Any]:
    """What the kind of the row has there."""
    told = {kind: getattr(one, name) for kind, one in DUE.items()}
    special = [(_D.kind == kind, what) for kind, what in told.items() if what is not None]
    return sa.case(*special, else_=otherwise)
