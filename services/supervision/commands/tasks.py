"""Task lists: items put on them, checked, done or dropped."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.errors import Invalid

from ..model.activity import Visit
from ..model.deadline import AGREED, TASK
from ..model.group import Group
from ..model.opinion import Problem
from ..model.plan_content import Site
from ..model.task_item import DONE, DROPPED, TaskCheck, TaskItem
from ..queries.plans import plan_in_force
from . import deadlines, references
from .groups import acts_for
from .said import said

Json = dict[str, Any]


def list_task(command: Json, uow: UnitOfWork) -> TaskItem:
    """Put something on a project's task list."""
    day = uow.happened(command["happened_on"])
    project = references.project(uow, command["project_id"])
    references.own(uow, Group, command["group_id"], "/group_id")
    references.deputies(uow, filter(None, [command["deputy_id"]]))
    references.units(uow, filter(None, [command["unit_id"]]))
    problem = references.own(uow, Problem, command["problem_id"], "/problem_id")
    references.same_project(problem, project.id, "/problem_id")
    if command["site_code"] is not None:
        site_of(uow, project.id, command["site_code"], day)
    item = uow.add(TaskItem.list_(**command, recorded_at=uow.now))
    whose = {"unit_id": item.unit_id, "project_id": project.id}
    deadlines.agree(uow, TASK, item.id, item.due_on, begins=AGREED, day=day, **whose)
    return item


def site_of(uow: UnitOfWork, project_id: str, code: str, day: dt.date) -> Site:
    """The site of a project's plan of that day; Invalid without it."""
    with uow.session.no_autoflush:
        plan = plan_in_force(uow.session, project_id, day)
    for site in plan.sites if plan else ():
        if site.code == code:
            return site
    raise Invalid(
        "site-unknown",
        "the project's plan has no such site",
        "项目实施计划中没有这个点位",
        [{"pointer": "/site_code", "detail": "is no site of the plan in force"}],
    )


def check_task(command: Json, uow: UnitOfWork) -> TaskCheck:
    """Who watches an item looks at it again, perhaps on a visit to the same project."""
    item = uow.get(TaskItem, command["id"])
    uow.happened(command["happened_on"])
    _watches(uow, item, command["happened_on"])
    visit = references.own(uow, Visit, command["visit_id"], "/visit_id")
    references.same_project(visit, item.project_id, "/visit_id")
    return uow.add(item.check(**said(command), recorded_at=uow.now))


def complete_task(command: Json, uow: UnitOfWork) -> TaskItem:
    """Who watches an item says that it is done."""
    item = uow.get(TaskItem, command["id"])
    _watches(uow, item, command["happened_on"])
    return _end(uow, item, DONE, command)


def drop_task(command: Json, uow: UnitOfWork) -> TaskItem:
    """Take an item off the list, and say why."""
    return _end(uow, uow.get(TaskItem, command["id"]), DROPPED, command)


def _watches(uow: UnitOfWork, item: TaskItem, day: dt.date) -> None:
    if item.unit_id is not None:
        references.speaks_for_unit(uow, item.unit_id)
    elif item.deputy_id is not None:
        uow.principal.speak_for(item.deputy_id, own="deputy", others=("clerk",))
    elif item.group_id is not None:
        acts_for(uow, uow.get(Group, item.group_id), day)


def _end(uow: UnitOfWork, item: TaskItem, state: str, command: Json) -> TaskItem:
    day = uow.happened(command["happened_on"])
    item.end(state, command["outcome"], day)
    finish = deadlines.drop if state == DROPPED else deadlines.end
    finish(uow, day, kind=TASK, subject_id=[item.id])
    return item
