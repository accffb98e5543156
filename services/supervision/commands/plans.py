"""Implementation plans."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.errors import Conflict, Invalid
from services.commons.location import located

from ..model.change import Standing
from ..model.deadline import MILESTONE, PLAN
from ..model.difference import Difference, major_together, voted
from ..model.plan import Plan, with_all_targets
from ..model.plan_check import check
from ..model.plan_content import LEAD, Content, PlanUnit
from ..model.project import Project
from ..queries import changes, plans
from ..queries.rules import in_force
from ..queries.states import standing_on
from . import deadlines, milestones, references

Json = dict[str, Any]


def publish_plan(command: Json, uow: UnitOfWork) -> Plan:
    """Publish a version of a project's plan; the lead unit or the government does.

    Every version after the first says why.  One that differs so much from the plan in force, or
    the first from what was voted, that the rule calls it major, must be proposed as a change.
    """
    # Locked: two versions at once would both be the next one.
    project = uow.get(Project, command["id"], locked=True)
    day = uow.happened(command["happened_on"])
    number = plans.last_number(uow.session, project.id) + 1
    before = plans.latest(uow.session, project.id)
    unit_id = before.lead_unit_id if before else project.lead_unit_id
    references.speaks_for_unit(uow, unit_id)
    stands = not_ended(uow, project, day)
    changes.none_pending(uow.session, project.id)
    if number > 1 and not command["reason"]:
        raise Invalid(
            "reason-required",
            "a version after the first says why the plan changes",
            "修改实施计划应说明理由",
            [{"pointer": "/reason", "detail": "is required from the second version on"}],
        )
    content = content_of(uow, command["content"], project)
    rule = in_force(uow.session, "changes", day)
    step = Difference(content_before(before, project, content), content)
    found = majors(uow, project, rule.content["major"], step)
    if found:
        raise Conflict(
            "change-major",
            f"this is a major change ({', '.join(found)}): propose it, so that it can be decided",
            f"此项属于重大调整({'、'.join(_names(rule.content, found))}),应先提出并经决定",
            [{"pointer": "/content", "detail": "differs too much from what stands"}],
        )
    plan = enact(
        uow,
        project,
        content,
        unit_id=unit_id,
        reason=command["reason"],
        valid_from=command["valid_from"] or day,
        day=day,
    )
    if stands.deferred:
        deadlines.drop(uow, day, kind=MILESTONE, project_id=[project.id])
    return plan


def enact(
    uow: UnitOfWork,
    project: Project,
    content: Content,
    *,
    unit_id: str,
    reason: str,
    valid_from: dt.date,
    day: dt.date,
    change_id: str | None = None,
) -> Plan:
    """Make this the next version of the plan, with its milestones."""
    plan = Plan.publish(
        project,
        content,
        number=plans.last_number(uow.session, project.id) + 1,
        valid_from=valid_from,
        reason=reason,
        unit_id=unit_id,
        happened_on=day,
        recorded_at=uow.now,
        change_id=change_id,
    )
    milestones.follow(uow, plan, day)
    deadlines.end(uow, day, kind=PLAN, subject_id=[project.id])
    return uow.add(plan)


def not_ended(uow: UnitOfWork, project: Project, day: dt.date) -> Standing:
    """Whether the project is deferred; Conflict once it is ended."""
    stands = standing_on(uow.session, project.id, day)
    if stands.ended_on is not None:
        raise Conflict("project-ended", "this project was ended", "该项目已经终止")
    return stands


def content_of(uow: UnitOfWork, body: Json, project: Project) -> Content:
    """The content of a body, its places as they are kept, with a target for each sub-item."""
    sites = [site | {"place": located(site["place"])} for site in body["sites"]]
    content = Content.of(body | {"sites": sites})
    check(content, project)
    references.units(uow, [one.unit_id for one in content.units], "/content/units")
    return with_all_targets(content, project)


def content_before(plan: Plan | None, project: Project, after: Content | None) -> Content:
    """What a new content is compared with: the plan, or what was voted."""
    units = after.units if after else (PlanUnit(project.lead_unit_id, LEAD),)
    return plan.says if plan else voted(project, units)


def majors(
    uow: UnitOfWork, project: Project, conditions: list[Json], step: Difference
) -> list[str]:
    """Why a step is major, by itself or together with what changed since the last decision."""
    plan = plans.last_decided(uow.session, project.id)
    decided = [plan.says] if plan else []
    if plan is None or plan.change_id is None:
        decided.append(voted(project, step.after.units))
    return major_together(conditions, step, decided)


def _names(content: Json, codes: list[str]) -> list[str]:
    return [one["name"] for one in content["major"] if one["code"] in codes]
