"""Who took part in a meeting, or beside the deputies in a visit: persons, each once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.errors import Invalid

DEPUTY, GROUP_LEADER = "deputy", "group-leader"
#: What a deputy takes part as.
DEPUTY_ROLES = (DEPUTY, GROUP_LEADER)
#: By what field somebody in a role is told from others: 代表、组长; 主持人、政府部门、下级部门、
#: 人大机关 (a unit with an office); 专家、居民代表 (a label such as 居民代表一, never a name).
ROLES = {
    **dict.fromkeys(DEPUTY_ROLES, "deputy_id"),
    **dict.fromkeys(("chair", "official", "district-official", "congress-organ"), "unit_id"),
    **dict.fromkeys(("expert", "resident"), "label"),
}
MEETING, VISIT = SUBJECTS = ("meeting", "visit")


@dataclass(eq=False)
class Participant(Aggregate):
    """One person at one meeting or visit, in one role (参加人员).

    ``person`` is the same for the same person; with ``subject_id`` it is there once, so that
    nobody is counted twice in two roles.
    """

    id: str
    subject_kind: str
    subject_id: str
    role: str
    person: str
    deputy_id: str | None
    unit_id: str | None
    office: str | None
    label: str | None
    happened_on: dt.date
    recorded_at: dt.datetime
    version: int = 0

    @classmethod
    def enter(
        cls,
        subject_kind: str,
        subject_id: str,
        day: dt.date,
        *,
        role: str,
        deputy_id: str | None,
        unit_id: str | None,
        office: str | None,
        label: str | None,
        recorded_at: dt.datetime,
    ) -> Participant:
        """Enter somebody who took part on that day; Invalid unless named as the role is."""
        said = {"deputy_id": deputy_id, "unit_id": unit_id, "office": office, "label": label}
        return cls(
            new_id(),
            subject_kind,
            subject_id,
            role,
            _person(role, said),
            deputy_id,
            unit_id,
            office,
            label,
            day,
            recorded_at,
        )


def _person(role: str, said: dict[str, Any]) -> str:
    wanted = {ROLES[role]} | ({"office"} if ROLES[role] == "unit_id" else set())
    if {name for name, value in said.items() if value} != wanted:
        fields = " and ".join(sorted(wanted))
        raise Invalid(
            "participant-misnamed",
            f"a {role} is named by {fields} alone",
            f"{role} 只填 {fields}",
            [{"pointer": "/role", "detail": f"needs {fields} and nothing else"}],
        )
    return ":".join(
        str(said[name]) for name in ("deputy_id", "unit_id", "office", "label") if name in wanted
    )
