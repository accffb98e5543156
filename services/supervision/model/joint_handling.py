"""Identical matters, handled together and answered apart (并案办理、分别答复)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from services.commons.aggregate import Aggregate, new_id
from services.commons.errors import Conflict

from .matter import Matter


@dataclass(eq=False, kw_only=True)
class JointHandling(Aggregate):
    """Several matters of one register in the hands of one unit, dealt with as one.

    Nothing is merged away: each member keeps its own deadline, its own reply and its own judgement.
    """

    id: str
    register: str
    unit_id: str
    name: str
    reason: str
    member_ids: list[str]
    formed_by: str | None
    happened_on: dt.date
    recorded_at: dt.datetime
    version: int = 0

    @classmethod
    def form(
        cls,
        members: Sequence[Matter],
        *,
        name: str,
        reason: str,
        formed_by: str,
        happened_on: dt.date,
        recorded_at: dt.datetime,
    ) -> JointHandling:
        """Handle these together; Conflict unless one unit has them all in hand."""
        joint = cls(
            id=new_id(),
            register=members[0].register,
            unit_id=members[0].unit_id or "",
            name=name,
            reason=reason,
            member_ids=[],
            formed_by=formed_by,
            happened_on=happened_on,
            recorded_at=recorded_at,
        )
        for member in members:
            joint.take(member)
        return joint

    def take(self, member: Matter) -> None:
        """Take one more in."""
        if member.unit_id is None or member.unit_id != self.unit_id:
            raise Conflict(
                "joint-of-several-units",
                "matters are handled together when one unit has them all in hand",
                "并案办理的事项须由同一单位承办",
            )
        if member.joint_id is not None or not member.is_waiting:
            raise Conflict(
                "joint-not-possible",
                "one of them is handled with others already, or answered or closed",
                "其中有事项已并案、已答复或者已办结",
            )
        member.joint_id = self.id
        self.member_ids = [*self.member_ids, member.id]

    def let_go(self, member: Matter) -> None:
        """One of them turned out to be another matter."""
        if member.id not in self.member_ids:
            raise Conflict("not-in-joint", "this is not one of its members", "该事项不在此并案之中")
        if member.joint_id == self.id:
            member.joint_id = None
        self.member_ids = [one for one in self.member_ids if one != member.id]
