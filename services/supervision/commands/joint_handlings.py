"""Identical matters are handled together and answered apart (并案办理、分别答复)."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork, not_found
from services.commons.errors import Conflict

from ..model.confirmation import JOINING, LEAVING
from ..model.joint_handling import JointHandling
from ..model.matter import Matter
from . import loop, references, replies

Json = dict[str, Any]


def form(command: Json, uow: UnitOfWork) -> JointHandling:
    """Handle several matters together that one unit has in hand."""
    day = uow.happened(command["happened_on"])
    members = uow.all_known(_cls(command["register"]), command["member_ids"], "/member_ids")
    for one in members:
        loop.take_over(uow, one)
    references.speaks_for_unit(uow, members[0].unit_id or "")
    joint = JointHandling.form(
        members,
        name=command["name"],
        reason=command["reason"],
        formed_by=uow.principal.subject,
        happened_on=day,
        recorded_at=uow.now,
    )
    for one in members:
        loop.note(uow, one, JOINING, day, text=command["reason"])
    return uow.add(joint)


def handle(command: Json, uow: UnitOfWork) -> JointHandling:
    """The unit has dealt with all of them that wait; each still gets a reply of its own."""
    joint = uow.get(JointHandling, command["id"])
    references.speaks_for_unit(uow, joint.unit_id)
    uow.happened(command["happened_on"])
    cls = _cls(joint.register)
    members = [uow.find(cls, one) for one in joint.member_ids]
    waiting = [one for one in members if one is not None and _waits(one, joint)]
    if not waiting:
        raise Conflict(
            "nothing-to-handle", "none of its members waits to be dealt with", "没有待办理的事项"
        )
    for one in waiting:
        replies.handled(uow, one, command | {"unit_id": joint.unit_id})
    uow.changed(joint)
    return joint


def release(command: Json, uow: UnitOfWork) -> JointHandling:
    """One of them turned out to be another matter, and goes on alone."""
    joint = uow.get(JointHandling, command["id"])
    references.speaks_for_unit(uow, joint.unit_id)
    day = uow.happened(command["happened_on"])
    member = uow.known(_cls(joint.register), command["member_id"], "/member_id")
    joint.let_go(member)
    loop.note(uow, member, LEAVING, day, text=command["reason"])
    return joint


def _waits(one: Matter, joint: JointHandling) -> bool:
    return (
        one.joint_id == joint.id and one.is_waiting and (one.handled_round or 0) < (one.round or 1)
    )


def _cls(register: str) -> type[Matter]:
    if register not in loop.CLASSES:
        raise not_found(Matter)
    return loop.CLASSES[register]
