"""Meetings about the projects."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from services.commons.aggregate import Aggregate, new_id

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
