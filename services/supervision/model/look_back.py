"""The look-back at projects of earlier years: do they still do what they were made for?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before
from services.commons.errors import Invalid

#: Whether a project or a sub-item still works: wholly, in part, not.
WORKING = FULLY, PARTLY, NOT = ("fully", "partly", "not")


@dataclass(eq=False)
class LookBack(Aggregate):
    """A second look at a project of an earlier year: does it still work? (回头看).

    ``project_id``, ``lead_unit_id``, ``aspect``: of a project that this system keeps.
    ``sub_items``: ``{"sub_item_id", "working"}``, where they differ from one another.
    ``round``: which look-back of the rule it was.  ``settled_on``: when the last thing that it
    found wrong was put right.
    """

    id: str
    project_name: str
    project_year: int
    finding: str
    effective: bool
    happened_on: dt.date
    recorded_at: dt.datetime
    project_id: str | None = None
    lead_unit_id: str | None = None
    aspect: str | None = None
    round: str | None = None
    sub_items: list[dict[str, Any]] | None = None
    recommendations: list[str] | None = None
    settled_on: dt.date | None = None
    version: int = 0

    @classmethod
    def make(
        cls,
        *,
        project_name: str,
        project_year: int,
        finding: str,
        effective: bool,
        happened_on: dt.date,
        recorded_at: dt.datetime,
        id: str | None = None,
        **more: Any,
    ) -> LookBack:
        """Record a look-back; raises Invalid for a project of a year to come."""
        not_of_a_later_year(project_year, happened_on)
        look_back = cls(
            id or new_id(),
            project_name,
            project_year,
            finding,
            effective,
            happened_on,
            recorded_at,
            **more,
        )
        look_back._check_sub_items()
        look_back.record("look-back.recorded.v1")
        return look_back

    def _check_sub_items(self) -> None:
        """Refuse a conclusion that everything seen contradicts."""
        seen = {one["working"] for one in self.sub_items or []}
        if (self.effective and seen == {NOT}) or (not self.effective and seen == {FULLY}):
            raise Invalid(
                "conclusion-contradicts",
                "the conclusion contradicts what was found at every sub-item",
                "结论与各子项的查看结果相矛盾",
                [{"pointer": "/effective", "detail": "contradicts the sub-items"}],
            )

    def settle(self, day: dt.date) -> None:
        """All that was found wrong is right again."""
        self.settled_on = not_before(day, self.happened_on)

    def public_state(self) -> dict[str, Any]:
        """Everything but what was found; what an older look-back does not say is left out."""
        state = {
            "id": self.id,
            "project_name": self.project_name,
            "project_year": self.project_year,
            "effective": self.effective,
            "happened_on": self.happened_on.isoformat(),
        }
        more = {
            "project_id": self.project_id,
            "lead_unit_id": self.lead_unit_id,
            "aspect": self.aspect,
            "round": self.round,
            "sub_items": self.sub_items,
        }
        return state | {name: value for name, value in more.items() if value}


def not_of_a_later_year(project_year: int, day: dt.date) -> None:
    """Raise Invalid for a look-back at a project of a year to come."""
    if project_year > day.year:
        raise Invalid(
            "project-year-later",
            "a look-back is at a project of an earlier or the same year",
            "回头看的项目年份不能晚于回头看的年份",
            [{"pointer": "/project_year", "detail": "is after the year of happened_on"}],
        )
