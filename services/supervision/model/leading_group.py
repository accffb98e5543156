"""The leading group of all the work, and its office."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, ClassVar

from services.commons.aggregate import new_id

from .membership import Membered

HEAD, OFFICE_HEAD, LIAISON = "head", "office-head", "liaison"
#: 组长、副组长、成员; 办公室主任、办公室成员; 联络员.
LEADING_ROLES = (HEAD, "deputy-head", "member", OFFICE_HEAD, "office-member", LIAISON)


@dataclass(eq=False)
class LeadingGroup(Membered):
    """A leading group and its office (领导小组及其办公室).

    Its members are named by their offices, such as a vice-chair of the standing committee; a
    liaison officer by hers and the unit that she speaks for.  ``office_unit_id``: where its office
    is.
    """

    SOLE: ClassVar[tuple[str, ...]] = (HEAD, OFFICE_HEAD)

    id: str
    name: str
    office_unit_id: str | None
    happened_on: dt.date
    recorded_at: dt.datetime
    memberships: list[dict[str, Any]] | None = None
    version: int = 0

    @classmethod
    def establish(
        cls,
        *,
        name: str,
        office_unit_id: str | None,
        members: list[dict[str, Any]],
        happened_on: dt.date,
        recorded_at: dt.datetime,
    ) -> LeadingGroup:
        """Set one up with its first members."""
        group = cls(new_id(), name, office_unit_id, happened_on, recorded_at)
        group.begin(members)
        return group
