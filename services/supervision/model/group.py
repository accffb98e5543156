"""Supervision groups: one per project, made up of several levels and bodies."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.errors import Invalid

#: Whether a member is an organ of the congress, a standing committee of the level below, a deputy;
#: and the field that names the member.
MEMBER_KINDS = {
    "city-organ": "unit_id",
    "district-committee": "unit_id",
    "deputy": "deputy_id",
}


@dataclass(eq=False)
class Group(Aggregate):
    """A supervision group (监督小组) for one project.

    ``members``: ``{"kind", "unit_id"}`` or ``{"kind": "deputy", "deputy_id"}``.
    ``liaison_officers`` (联络员): their offices, as text.
    """

    id: str
    project_id: str
    name: str
    members: list[dict[str, Any]]
    liaison_officers: list[str]
    happened_on: dt.date
    recorded_at: dt.datetime
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
        named = [_named(member, place) for place, member in enumerate(members)]
        return cls(
            new_id(), project_id, name, named, list(liaison_officers), happened_on, recorded_at
        )

    def ids(self, field: str) -> list[str]:
        """The ids under ``unit_id`` or ``deputy_id`` of the members."""
        return [member[field] for member in self.members if field in member]


def _named(member: dict[str, Any], place: int) -> dict[str, Any]:
    wanted = MEMBER_KINDS[member["kind"]]
    given = {name for name in ("unit_id", "deputy_id") if member.get(name)}
    if given != {wanted}:
        raise Invalid(
            "member-misnamed",
            f"a member of kind {member['kind']} is named by its {wanted} alone",
            f"{member['kind']} 类成员只填 {wanted}",
            [{"pointer": f"/members/{place}", "detail": f"needs {wanted} and no other id"}],
        )
    return {"kind": member["kind"], wanted: member[wanted]}
