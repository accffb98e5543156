"""Meetings about the projects."""

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
