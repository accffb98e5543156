"""Supervision groups, leading groups, and who joins and leaves them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.errors import Conflict

from ..model.group import Group
from ..model.leading_group import LeadingGroup
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


def join_group(command: Json, uow: UnitOfWork) -> Group:
    """Take a member, a leader or a liaison officer into a supervision group."""
    group = uow.get(Group, command["id"])
    uow.happened(command["happened_on"])
    _known(uow, [command], "")
    group.admit(command, command["happened_on"])
    return group


def leave_group(command: Json, uow: UnitOfWork) -> Group:
    """End a membership of a supervision group."""
    group = uow.get(Group, command["id"])
    uow.happened(command["happened_on"])
    group.leave(command["membership_id"], command["happened_on"], command["reason"])
    return group


def establish_leading_group(command: Json, uow: UnitOfWork) -> LeadingGroup:
    """Set up a leading group and its office."""
    uow.happened(command["happened_on"])
    references.units(uow, filter(None, [command["office_unit_id"]]), "/office_unit_id")
    _known(uow, command["members"], "/members")
    return uow.add(LeadingGroup.establish(**command, recorded_at=uow.now))


def join_leading_group(command: Json, uow: UnitOfWork) -> LeadingGroup:
    """Take a member into a leading group."""
    group = uow.get(LeadingGroup, command["id"])
    uow.happened(command["happened_on"])
    _known(uow, [command], "")
    group.join(command, command["happened_on"])
    return group


def leave_leading_group(command: Json, uow: UnitOfWork) -> LeadingGroup:
    """End a membership of a leading group."""
    group = uow.get(LeadingGroup, command["id"])
    uow.happened(command["happened_on"])
    group.leave(command["membership_id"], command["happened_on"], command["reason"])
    return group


def acts_for(uow: UnitOfWork, group: Group, day: dt.date) -> None:
    """Forbidden unless who asks is a deputy who belongs to the group on that day, or the office."""
    who = uow.principal.subject
    mine = any(one.deputy_id == who for one in group.members_on(day))
    uow.principal.speak_for(who if mine else "", own="deputy", others=("clerk",))


def _known(uow: UnitOfWork, members: Iterable[Json], pointer: str) -> None:
    for name, known in (("unit_id", references.units), ("deputy_id", references.deputies)):
        ids = [member[name] for member in members if member.get(name)]
        known(uow, ids, pointer or f"/{name}")
