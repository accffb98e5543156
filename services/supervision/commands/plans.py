"""Implementation plans."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.errors import Invalid
from services.commons.location import located

from ..model.deadline import PLAN
from ..model.plan import Plan
from ..model.plan_content import Content
from ..model.project import Project
from ..queries import plans
from . import deadlines, references

Json = dict[str, Any]


def publish_plan(command: Json, uow: UnitOfWork) -> Plan:
    """Publish a version of a project's plan; the lead unit or the government does.

    Every version after the first says why.
    """
    # Locked: two versions at once would both be the next one.
    project = uow.get(Project, command["id"], locked=True)
    day = uow.happened(command["happened_on"])
    before = plans.plan_in_force(uow.session, project.id, command["valid_from"] or day)
    unit_id = before.lead_unit_id if before else project.lead_unit_id
    references.speaks_for_unit(uow, unit_id)
    number = plans.last_number(uow.session, project.id) + 1
    if number > 1 and not command["reason"]:
        raise Invalid(
            "reason-required",
            "a version after the first says why the plan changes",
            "修改实施计划应说明理由",
            [{"pointer": "/reason", "detail": "is required from the second version on"}],
        )
    content = _content(command["content"])
    named = [one.unit_id for one in content.units]
    references.units(uow, named, "/content/units")
    plan = Plan.publish(
        project,
        content,
        number=number,
        valid_from=command["valid_from"] or day,
        reason=command["reason"],
        unit_id=unit_id,
        happened_on=day,
        recorded_at=uow.now,
    )
    deadlines.end(uow, day, kind=PLAN, subject_id=[project.id])
    return uow.add(plan)


def _content(body: Json) -> Content:
    """The content with its places as they are kept."""
    sites = [site | {"place": located(site["place"])} for site in body["sites"]]
    return Content.of(body | {"sites": sites})
