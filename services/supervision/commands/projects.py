"""The groups that supervise projects."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.errors import Conflict

from ..model.group import Group
from ..queries import existing
from . import references

Json = dict[str, Any]


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
