"""Supervision groups: one per project, made up of several levels and bodies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from services.commons.aggregate import new_id
from services.commons.errors import Invalid

from .membership import Membered

#: Whether a member is an organ of the congress, a standing committee of the level below, a deputy;
#: and the field that names the member.
MEMBER_KINDS = {
    "city-organ": "unit_id",
    "district-committee": "unit_id",
    "deputy": "deputy_id",
}
LEADER, MEMBER, LIAISON = "leader", "member", "liaison"
#: 组长、副组长、成员; a liaison officer (联络员) is none of the three kinds of member.
MEMBER_ROLES = (LEADER, "deputy-leader", MEMBER)


@dataclass(eq=False)
class Group(Membered):
    """A supervision group (监督小组) for one project.

    ``members``: as it was formed, ``{"kind", "unit_id"}`` or ``{"kind": "deputy", "deputy_id"}``.
    ``liaison_officers`` (联络员): their offices at that time, as text.  ``memberships``: who joined
    and left since; None for a group formed before that was kept.
    """

    SOLE: ClassVar[tuple[str, ...]] = (LEADER,)

    id: str
    project_id: str
    name: str
    members: list[dict[str, Any]]
    liaison_officers: list[str]
    happened_on: dt.date
    recorded_at: dt.datetime
    memberships: list[dict[str, Any]] | None = None
    version: int = 0

    @classmethod
    def form(
        cls,
        *,
        project_id: str,
        name: str,
        members: list[dict[str, Any]],
        liaison_officers: list[str],
        happened_on: dt.date,
        recorded_at: dt.datetime,
    ) -> Group:
        """Form a group; raises Invalid if a member is not named by the field of its kind."""
        named = [_named(member, f"/members/{place}") for place, member in enumerate(members)]
        group = cls(
            new_id(), project_id, name, named, list(liaison_officers), happened_on, recorded_at
        )
        group.begin(group.founders())
        return group

    def founders(self) -> Iterable[dict[str, Any]]:
        """The members as it was formed, and its liaison officers by their offices."""
        yield from self.members
        for office in dict.fromkeys(self.liaison_officers):
            yield {"role": LIAISON, "office": office}

    def admit(self, member: dict[str, Any], day: dt.date) -> None:
        """Take a member or a liaison officer; Invalid if it is not named as its kind is."""
        self.join(_liaison(member) if member["role"] == LIAISON else _named(member, ""), day)

    def ids(self, field: str) -> list[str]:
        """The ids under ``unit_id`` or ``deputy_id`` of the members as it was formed."""
        return [member[field] for member in self.members if field in member]


def _named(member: dict[str, Any], pointer: str) -> dict[str, Any]:
    if member.get("kind") is None:
        raise _misnamed(
            "a member has one of the kinds", "成员须注明类别", pointer, "needs its kind"
        )
    wanted = MEMBER_KINDS[member["kind"]]
    given = {name for name in ("unit_id", "deputy_id") if member.get(name)}
    if given != {wanted}:
        raise _misnamed(
            f"a member of kind {member['kind']} is named by its {wanted} alone",
            f"{member['kind']} 类成员只填 {wanted}",
            pointer,
            f"needs {wanted} and no other id",
        )
    named = {"kind": member["kind"], wanted: member[wanted]}
    return named | {name: member[name] for name in ("role", "office") if member.get(name)}


def _liaison(member: dict[str, Any]) -> dict[str, Any]:
    if member.get("kind") or member.get("deputy_id") or not member.get("office"):
        raise _misnamed(
            "a liaison officer is named by her office and the unit that she speaks for",
            "联络员填写职务及所代表的单位",
            "",
            "needs an office, no kind and no deputy",
        )
    return member


def _misnamed(en: str, zh: str, pointer: str, detail: str) -> Invalid:
    return Invalid("member-misnamed", en, zh, [{"pointer": pointer, "detail": detail}])
