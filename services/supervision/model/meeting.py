"""Meetings about the projects, and the look-back at projects of earlier years."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before
from services.commons.errors import Invalid

#: 部署会, 工作例会, 工作情况报告会, 常委会会议.
MEETING_KINDS = ("kick-off", "regular", "report-meeting", "standing-committee")


@dataclass(eq=False)
class Meeting(Aggregate):
    """A meeting that was held (会议); ``kind``: one of MEETING_KINDS.

    ``number``: such as 第3次; ``group_id``, ``leading_group_id``: whose meeting it was;
    ``project_ids``: what it was about.  ``minutes`` (会议纪要): each version, ``{"text", "reason",
    "happened_on"}``.
    """

    id: str
    kind: str
    name: str
    text: str
    happened_on: dt.date
    recorded_at: dt.datetime
    number: str | None = None
    group_id: str | None = None
    leading_group_id: str | None = None
    project_ids: list[str] | None = None
    minutes: list[dict[str, Any]] | None = None
    version: int = 0

    @classmethod
    def hold(
        cls,
        *,
        kind: str,
        name: str,
        text: str,
        happened_on: dt.date,
        recorded_at: dt.datetime,
        number: str | None = None,
        group_id: str | None = None,
        leading_group_id: str | None = None,
        project_ids: list[str] | None = None,
    ) -> Meeting:
        """Record a meeting that was held."""
        return cls(
            new_id(),
            kind,
            name,
            text,
            happened_on,
            recorded_at,
            number,
            group_id,
            leading_group_id,
            project_ids,
        )

    @property
    def about(self) -> list[str]:
        """The projects that it was about."""
        return self.project_ids or []

    @property
    def minutes_kept(self) -> list[dict[str, Any]]:
        """All versions of its minutes, the valid one last."""
        return self.minutes or []

    def write_minutes(self, text: str, reason: str | None, day: dt.date) -> None:
        """Keep its minutes; a later version says why, and the earlier stays."""
        not_before(day, self.happened_on)
        if self.minutes and reason is None:
            raise Invalid(
                "reason-missing",
                "minutes that take the place of others need a reason",
                "修改会议纪要须说明理由",
                [{"pointer": "/reason", "detail": "is missing"}],
            )
        version = {"text": text, "reason": reason, "happened_on": day.isoformat()}
        self.minutes = [*self.minutes_kept, version]


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
