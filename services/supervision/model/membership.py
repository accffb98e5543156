"""Who belongs to a group, in which role, from when to when."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before
from services.commons.errors import Conflict, NotFound

Json = dict[str, Any]


@dataclass(frozen=True)
class Membership:
    """One membership (成员): a body or a deputy in a role, by office and never by a person's name.

    It lasts from ``joined_on`` to the day before ``left_on``.  ``unit_id`` of a liaison officer
    (联络员): the unit that she speaks for.
    """

    id: str
    role: str
    kind: str | None
    unit_id: str | None
    deputy_id: str | None
    office: str | None
    joined_on: dt.date
    left_on: dt.date | None = None
    reason: str | None = None

    @classmethod
    def from_data(cls, data: Json) -> Self:
        """Read the kept form."""
        days = {
            name: dt.date.fromisoformat(data[name]) if data[name] else None
            for name in ("joined_on", "left_on")
        }
        return cls(**(data | days))

    def to_data(self) -> Json:
        """The kept form."""
        return vars(self) | {
            "joined_on": self.joined_on.isoformat(),
            "left_on": self.left_on.isoformat() if self.left_on else None,
        }

    @property
    def who(self) -> tuple[str | None, ...]:
        """What is the same for the same member."""
        return (self.deputy_id,) if self.deputy_id else (self.unit_id, self.office)

    def lasts(self, day: dt.date) -> bool:
        """Whether it lasted on a day."""
        return self.joined_on <= day and (self.left_on is None or day < self.left_on)


class Membered(Aggregate):
    """What has members over time; ``SOLE``: the roles that one member alone has at a time."""

    SOLE: ClassVar[tuple[str, ...]] = ()

    happened_on: dt.date
    memberships: list[Json] | None

    def founders(self) -> Iterable[Json]:
        """The members of the first day, for what was formed before memberships were kept."""
        return ()

    @property
    def history(self) -> list[Membership]:
        """All memberships, in the order in which they were recorded."""
        if self.memberships is not None:
            return [Membership.from_data(one) for one in self.memberships]
        return [
            self._membership(str(uuid.uuid5(uuid.UUID(self.id), str(place))), self.happened_on, one)
            for place, one in enumerate(self.founders())
        ]

    def members_on(self, day: dt.date) -> list[Membership]:
        """Who belonged to it on a day."""
        return [one for one in self.history if one.lasts(day)]

    def begin(self, members: Iterable[Json]) -> None:
        """Take the first members."""
        self.memberships = []
        for place, one in enumerate(members):
            self.join(one, self.happened_on, f"/members/{place}")

    def join(self, member: Json, day: dt.date, pointer: str = "") -> None:
        """Take a member; Conflict if she is one, or another has the role that one alone has."""
        not_before(day, self.happened_on)
        new = self._membership(new_id(), day, member)
        lasting = [one for one in self.history if one.left_on is None or one.left_on > day]
        if any(one.who == new.who for one in lasting):
            raise Conflict(
                "member-already",
                "this member belongs to it already",
                "该成员已在其中",
                [{"pointer": pointer, "detail": "belongs to it already"}],
            )
        if new.role in self.SOLE and any(one.role == new.role for one in lasting):
            raise Conflict(
                "role-taken",
                f"it has its {new.role} already, who must leave first",
                f"已有 {new.role},须先免去",
                [{"pointer": f"{pointer}/role", "detail": "is taken"}],
            )
        self._keep([*self.history, new])

    def leave(self, membership_id: str, day: dt.date, reason: str) -> None:
        """End a membership; NotFound without it, Conflict the second time."""
        history = self.history
        found = next((one for one in history if one.id == membership_id), None)
        if found is None:
            raise NotFound("not-found", "there is no such member", "没有这个成员")
        if found.left_on is not None:
            raise Conflict("left-already", "this member has left already", "该成员已退出")
        not_before(day, found.joined_on)
        left = replace(found, left_on=day, reason=reason)
        self._keep([left if one is found else one for one in history])

    def _keep(self, history: list[Membership]) -> None:
        self.memberships = [one.to_data() for one in history]

    @staticmethod
    def _membership(id_: str, day: dt.date, member: Json) -> Membership:
        names = ("kind", "unit_id", "deputy_id", "office")
        said = {name: member.get(name) for name in names}
        return Membership(id_, member.get("role") or "member", joined_on=day, **said)
