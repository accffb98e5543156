"""Progress of projects: who may report it, whether in time, and the months that are owed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.errors import Forbidden, Invalid

from ..model.deadline import MONTH_END, PROGRESS, TASK_PROGRESS
from ..model.owed import sub_items_owed, units_owing
from ..model.plan import Plan
from ..model.plan_content import DISTRICT, month_end
from ..model.progress import Reported
from ..model.project import Project
from ..queries import progress as queries
from ..queries.deadlines import kept
from ..queries.plans import plan_in_force
from ..queries.states import standing_on
from . import deadlines, milestones, references
from .photos import attach

Json = dict[str, Any]

#: What photos of an entry of progress are attached to.
SUBJECT = "progress"


def report_progress(command: Json, uow: UnitOfWork) -> Project:
    """Add an entry of progress to a project; any implementing unit of its plan may.

    Without ``reported_on`` it was told today; who records the past (role ``recorder``) without
    saying when, is taken to mean the day on which the figure stood.
    """
    project = uow.get(Project, command["id"])
    day = command["happened_on"]
    plan = plan_in_force(uow.session, project.id, day)
    unit_id = _speaker(command, uow, project, plan)
    uow.happened(day)
    reported_on = _told_on(command, uow)
    said = {name: command[name] for name in _SAID}
    entry = project.report_progress(
        Reported(
            **said,
            unit_id=unit_id,
            reported_on=reported_on,
            due_on=_due(uow, command["month"]),
        ),
        recorded_at=uow.now,
    )
    uow.changed(project)
    attach(
        uow,
        command["photos"],
        subject_kind=SUBJECT,
        subject_id=entry.id,
        project_id=project.id,
        happened_on=day,
    )
    _settle(uow, project, plan, command["month"], reported_on)
    return project


def _told_on(command: Json, uow: UnitOfWork) -> dt.date:
    """The day on which it was told; Forbidden for a unit that says it was an earlier one."""
    day, given, roles = command["happened_on"], command["reported_on"], uow.principal.roles
    told: dt.date = given or (day if "recorder" in roles else uow.today)
    if told < day or told > uow.today:
        raise Invalid(
            "reported-on-impossible",
            "a figure is told on its day or later, and not in the future",
            "上报日期不能早于数据日期,也不能晚于今天",
            [{"pointer": "/reported_on", "detail": "is before happened_on or in the future"}],
        )
    if told != uow.today and not roles & {"recorder", "government", "clerk"}:
        # Otherwise whoever is late could say that it was not.
        raise Forbidden(
            "reported-on-by-office",
            "a unit tells it today; that it was told before, an office records",
            "单位上报以当日为准;此前已经上报的,由工作人员补记",
            [{"pointer": "/reported_on", "detail": "is before today"}],
        )
    return told


_SAID = (
    "sub_item_id",
    "month",
    "quantity",
    "share",
    "text",
    "happened_on",
    "funds_paid_yuan",
    "task_code",
    "reason",
)


def _speaker(command: Json, uow: UnitOfWork, project: Project, plan: Plan | None) -> str:
    """The unit in whose name it is told; Forbidden for one that has no part in this."""
    lead = plan.lead_unit_id if plan else project.lead_unit_id
    allowed = [lead]
    if command["task_code"] is not None:
        allowed.append(_task_unit(command, plan))
    elif plan:
        allowed += [one.unit_id for one in plan.units if one.role != DISTRICT]
    return references.part_of(uow, command["unit_id"], allowed, lead)


def _task_unit(command: Json, plan: Plan | None) -> str:
    tasks = plan.tasks if plan else ()
    for task in tasks:
        if (task.code, task.sub_item_id) == (command["task_code"], command["sub_item_id"]):
            return task.unit_id
    raise Invalid(
        "task-unknown",
        "the plan in force has no such task of this sub-item",
        "现行实施计划中该子项没有此任务",
        [{"pointer": "/task_code", "detail": "is not a task of this sub-item"}],
    )


def _due(uow: UnitOfWork, month: str) -> dt.date | None:
    """The last day to report a month's progress, by the rule of its last day."""
    term, clock = deadlines.clocked(uow, PROGRESS, MONTH_END, month_end(month))
    return clock.due(term).day if term else None


def _settle(uow: UnitOfWork, project: Project, plan: Plan | None, month: str, day: dt.date) -> None:
    """End the month's deadlines of those who owe no entry for it any more."""
    owing = set(units_owing(project, plan, month))
    with uow.session.no_autoflush:
        for one in kept.open_of(uow.session, subject_id=[project.id]):
            if one.starts_on != month_end(month):
                continue
            if one.kind == PROGRESS and not sub_items_owed(project, plan, month):
                one.end(day)
            if one.kind == TASK_PROGRESS and one.unit_id not in owing:
                one.end(day)


def expect_months(uow: UnitOfWork, project_id: str) -> int:
    """Set the deadlines for the months of a project that are over and were not looked at yet.

    None for a month in which nothing was owed.  How many months were looked at.  Milestones whose
    deadlines a deferral took away, and that ended by itself, are waited for again.
    """
    project = uow.get(Project, project_id)
    plan = plan_in_force(uow.session, project.id, uow.today)
    months = queries.months_to_expect(uow.session, project, plan, uow.today)
    for month in months:
        queries.note_expected(uow.session, project.id, month)
        # Nobody owes progress on what is deferred or ended.
        if _under_way(uow, project, month_end(month)):
            _expect(uow, project, month)
    if plan is not None and _under_way(uow, project, uow.today):
        milestones.watch(uow, plan, uow.today)
    return len(months)


def _under_way(uow: UnitOfWork, project: Project, day: dt.date) -> bool:
    stands = standing_on(uow.session, project.id, day)
    return not stands.deferred and stands.ended_on is None


def _expect(uow: UnitOfWork, project: Project, month: str) -> None:
    """The lead unit owes the project's own figures, a district's unit those of its tasks."""
    plan = plan_in_force(uow.session, project.id, month_end(month))
    owing = [(TASK_PROGRESS, unit_id) for unit_id in units_owing(project, plan, month)]
    if sub_items_owed(project, plan, month):
        owing.append((PROGRESS, plan.lead_unit_id if plan else project.lead_unit_id))
    for kind, unit_id in owing:
        ids = {"unit_id": unit_id, "project_id": project.id}
        deadlines.start(uow, kind, project.id, PROGRESS, MONTH_END, month_end(month), **ids)
