"""What is owed to projects, and its deliveries."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.errors import Invalid

from ..model import deadline
from ..model.project import Project
from ..model.resource import Resource
from ..queries import responsible
from ..queries.rules import in_force
from . import deadlines, references
from .said import said

Json = dict[str, Any]


def owe_resource(command: Json, uow: UnitOfWork) -> Resource:
    """Record what a unit owes to a project by a day; the lead unit and the offices say so."""
    project = uow.get(Project, command["id"])
    day = uow.happened(command["happened_on"])
    references.speaks_for_unit(uow, responsible.lead_unit(uow.session, project, day))
    references.units(uow, [command["unit_id"]])
    rule = in_force(uow.session, "resources", day)
    resource = uow.add(
        Resource.owe(rule, **said(command), project_id=project.id, recorded_at=uow.now)
    )
    _watch(uow, resource)
    return resource


def deliver_resource(command: Json, uow: UnitOfWork) -> Resource:
    """Record a delivery or correct one; the unit that owes and the one that leads may say so."""
    resource = uow.get(Resource, command["id"])
    project = references.project(uow, resource.project_id)
    day = uow.happened(command["happened_on"])
    lead = responsible.lead_unit(uow.session, project, day)
    if command["unit_id"] not in (resource.unit_id, lead):
        raise Invalid(
            "unit-not-concerned",
            "a delivery is recorded by the unit that owes it or by the project's lead unit",
            "交付情况由提供单位或者项目牵头单位记录",
            [{"pointer": "/unit_id", "detail": "is neither the owing nor the lead unit"}],
        )
    references.speaks_for_unit(uow, command["unit_id"])
    was_there = resource.delivered_on is not None
    resource.deliver(**said(command), recorded_at=uow.now)
    uow.changed(resource)
    if resource.delivered_on is not None:
        deadlines.end(uow, resource.delivered_on, subject_id=[resource.id])
    elif was_there:
        # A correction took back what had met the deadline: it is waited for again.
        deadlines.reopen(uow, deadline.RESOURCE, resource.id)
    return resource


def withdraw_resource(command: Json, uow: UnitOfWork) -> Resource:
    """It is needed no longer; the lead unit and the offices say so."""
    resource = uow.get(Resource, command["id"])
    project = references.project(uow, resource.project_id)
    day = uow.happened(command["happened_on"])
    references.speaks_for_unit(uow, responsible.lead_unit(uow.session, project, day))
    resource.withdraw(**said(command))
    deadlines.drop(uow, day, subject_id=[resource.id])
    return resource


def _watch(uow: UnitOfWork, resource: Resource) -> None:
    deadlines.agree(
        uow,
        deadline.RESOURCE,
        resource.id,
        resource.due_on,
        begins=deadline.AGREED,
        day=resource.happened_on,
        unit_id=resource.unit_id,
        project_id=resource.project_id,
    )
