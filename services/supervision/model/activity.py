"""Activities such as the supervision week, single visits, and who took part in each."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before
from services.commons.errors import Invalid

from .participant import DEPUTY

WEEK = "supervision-week"
ACTIVITY_KINDS = (WEEK, "kick-off", "research", "visit", "report-meeting", "check-in")
VISIT_KINDS = ("research", "open-visit", "unannounced-visit")


@dataclass(eq=False)
class Activity(Aggregate):
    """Something arranged for supervision (活动), above all the supervision week (代表监督周).

    ``happened_on``: the day on which it was set; ``starts_on`` to ``ends_on``: its days, both
    counted.
    """

    id: str
    year: int
    kind: str
    name: str
    starts_on: dt.date
    ends_on: dt.date
    happened_on: dt.date
    recorded_at: dt.datetime
    version: int = 0

    @classmethod
    def arrange(
        cls,
        *,
        year: int,
        kind: str,
        name: str,
        starts_on: dt.date,
        ends_on: dt.date,
        happened_on: dt.date,
        recorded_at: dt.datetime,
    ) -> Activity:
        """Arrange an activity; raises Invalid if it ends before it starts."""
        not_before(ends_on, starts_on, "/ends_on")
        return cls(new_id(), year, kind, name, starts_on, ends_on, happened_on, recorded_at)


@dataclass(eq=False)
class Visit(Aggregate):
    """One trip to see how a project goes (调研、明察暗访); ``activity_id``: what it was part of."""

    id: str
    activity_id: str | None
    project_id: str
    kind: str
    place: str | None
    happened_on: dt.date
    recorded_at: dt.datetime
    version: int = 0

    @classmethod
    def make(
        cls,
        *,
        activity_id: str | None,
        project_id: str,
        kind: str,
        place: str | None,
        happened_on: dt.date,
        recorded_at: dt.datetime,
    ) -> Visit:
        """Record a visit that was made."""
        return cls(new_id(), activity_id, project_id, kind, place, happened_on, recorded_at)

    def attend(
        self,
        deputy_id: str,
        *,
        role: str = DEPUTY,
        happened_on: dt.date,
        recorded_at: dt.datetime,
    ) -> Attendance:
        """Record that a deputy took part; raises Invalid if the day is not the visit's."""
        if happened_on != self.happened_on:
            raise Invalid(
                "not-the-visits-day",
                f"the visit was on {self.happened_on.isoformat()}",
                f"此次走访的日期是 {self.happened_on.isoformat()}",
                [{"pointer": "/happened_on", "detail": "is not the day of the visit"}],
            )
        return Attendance(new_id(), self.id, deputy_id, happened_on, recorded_at, role)


@dataclass(eq=False)
class Attendance(Aggregate):
    """One deputy at one visit: one person-time (人次).

    ``role``: as what, None from before that was kept.
    """

    id: str
    visit_id: str
    deputy_id: str
    happened_on: dt.date
    recorded_at: dt.datetime
    role: str | None = None
    version: int = 0

    @property
    def took_part_as(self) -> str:
        """In what role."""
        return self.role or DEPUTY
