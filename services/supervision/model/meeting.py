"""Meetings about the projects, and the look-back at projects of earlier years."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.errors import Invalid

#: 部署会, 工作例会, 工作情况报告会, 常委会会议.
MEETING_KINDS = ("kick-off", "regular", "report-meeting", "standing-committee")


@dataclass(eq=False)
class Meeting(Aggregate):
    """A meeting that was held (会议); ``kind``: one of MEETING_KINDS."""

    id: str
    kind: str
    name: str
    text: str
    happened_on: dt.date
    recorded_at: dt.datetime
    version: int = 0

    @classmethod
    def hold(
        cls, *, kind: str, name: str, text: str, happened_on: dt.date, recorded_at: dt.datetime
    ) -> Meeting:
        """Record a meeting that was held."""
        return cls(new_id(), kind, name, text, happened_on, recorded_at)


@dataclass(eq=False)
class LookBack(Aggregate):
    """A second look at a project of an earlier year: does it still work? (回头看)."""

    id: str
    project_name: str
    project_year: int
    finding: str
    effective: bool
    happened_on: dt.date
    recorded_at: dt.datetime
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
    ) -> LookBack:
        """Record a look-back; raises Invalid for a project of a year to come."""
        if project_year > happened_on.year:
            raise Invalid(
                "project-year-later",
                "a look-back is at a project of an earlier or the same year",
                "回头看的项目年份不能晚于回头看的年份",
                [{"pointer": "/project_year", "detail": "is after the year of happened_on"}],
            )
        look_back = cls(
            new_id(), project_name, project_year, finding, effective, happened_on, recorded_at
        )
        look_back.record("look-back.recorded.v1")
        return look_back

    def public_state(self) -> dict[str, Any]:
        """Everything but what was found."""
        return {
            "id": self.id,
            "project_name": self.project_name,
            "project_year": self.project_year,
            "effective": self.effective,
            "happened_on": self.happened_on.isoformat(),
        }
