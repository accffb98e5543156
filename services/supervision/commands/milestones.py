"""Milestones: set by plans, reached by units."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.chassis.work import UnitOfWork, not_found

from ..model.deadline import AGREED, MILESTONE
from ..model.milestone import Milestone
from ..model.plan import Plan
from ..model.plan_content import DISTRICT
from ..model.project import Project
from ..queries.acceptances import milestones_of
from ..queries.deadlines import kept
from ..queries.plans import plan_in_force
from . import deadlines, references
from .photos import attach

Json = dict[str, Any]


def follow(uow: UnitOfWork, plan: Plan, day: dt.date) -> None:
    """Bring the milestones and their deadlines into line with the plan: a new one, or taken up."""
    known = {one.code: one for one in milestones_of(uow.session, plan.project_id)}
    planned = {one.code: one for one in plan.milestones}
    for code, one in planned.items():
        milestone = known.get(code)
        if milestone is None:
            made = Milestone.set(
                one, project_id=plan.project_id, happened_on=day, recorded_at=uow.now
            )
            _expect(uow, uow.add(made), plan, day)
        elif milestone.reached_on is None:
            milestone.plan_anew(one)
            _expect(uow, milestone, plan, day)
    for code, milestone in known.items():
        if code not in planned and milestone.is_open():
            milestone.drop(day)
            deadlines.drop(uow, day, kind=MILESTONE, subject_id=[milestone.id])


def watch(uow: UnitOfWork, plan: Plan, day: dt.date) -> None:
    """Set the deadlines that open milestones of the plan have not, after a deferral has ended."""
    planned = {one.code for one in plan.milestones}
    with uow.session.no_autoflush:
        found = kept.open_of(uow.session, kind=MILESTONE, project_id=[plan.project_id])
        known = milestones_of(uow.session, plan.project_id)
    waited = {one.subject_id for one in found}
    for one in known:
        if one.code in planned and one.is_open() and one.id not in waited:
            _expect(uow, one, plan, day)


def _expect(uow: UnitOfWork, milestone: Milestone, plan: Plan, day: dt.date) -> None:
    with uow.session.no_autoflush:
        if kept.open_of(uow.session, kind=MILESTONE, subject_id=[milestone.id]):
            deadlines.agree_again(uow, MILESTONE, milestone.id, milestone.due_on)
            return
    ids = {"unit_id": plan.lead_unit_id, "project_id": plan.project_id}
    due = milestone.due_on
    deadlines.agree(uow, MILESTONE, milestone.id, due, begins=AGREED, day=day, **ids)


def reach_milestone(command: Json, uow: UnitOfWork) -> Milestone:
    """Note that a milestone was reached, and what shows it; a unit of the plan does."""
    project = uow.get(Project, command["id"])
    day = uow.happened(command["happened_on"])
    plan = plan_in_force(uow.session, project.id, day)
    found = [m for m in milestones_of(uow.session, project.id) if m.code == command["code"]]
    if plan is None or not found:
        raise not_found(Milestone)
    allowed = [one.unit_id for one in plan.units if one.role != DISTRICT]
    unit_id = references.part_of(uow, command["unit_id"], allowed, plan.lead_unit_id)
    (milestone,) = found
    milestone.reach(unit_id=unit_id, evidence=command["evidence"], happened_on=day)
    attach(
        uow,
        command["photos"],
        subject_kind="milestone",
        subject_id=milestone.id,
        project_id=project.id,
        happened_on=day,
    )
    deadlines.end(uow, day, kind=MILESTONE, subject_id=[milestone.id])
    return milestone
