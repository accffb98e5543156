"""Progress of projects, and the groups that supervise them."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.errors import Conflict

from ..model.group import Group
from ..model.project import Project
from ..queries import existing
from . import references
from .said import said

Json = dict[str, Any]


def report_progress(command: Json, uow: UnitOfWork) -> Project:
    """Add an entry of progress to a project."""
    project = uow.get(Project, command["id"])
    references.speaks_for_unit(uow, project.lead_unit_id)
    uow.happened(command["happened_on"])
    project.report_progress(**said(command), recorded_at=uow.now)
    uow.changed(project)
    return project


def form_group(command: Json, uow: UnitOfWork) -> Group:
    """Form the supervision group of a project; a second one is a Conflict."""
    uow.happened(command["happened_on"])
    project = references.project(uow, command["project_id"])
    group = Group.form(**command, recorded_at=uow.now)
    references.units(uow, group.ids("unit_id"), "/members")
    references.deputies(uow, group.ids("deputy_id"), "/members")
    if existing.has_group(uow.session, project.id):
        raise Conflict(
            "group-exists",
            "this project has its supervision group already",
            "该项目已有监督小组",
            [{"pointer": "/project_id", "detail": "has a group already"}],
        )
    return uow.add(group)
