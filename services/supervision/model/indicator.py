"""Indicators that a department declares about its own work: no record of this system backs them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from services.commons.aggregate import Aggregate, new_id
from services.commons.errors import Invalid

from .checks import month_begun


@dataclass(eq=False)
class IndicatorEntry:
    """What was declared for one month; a later entry for the month replaces it, and it is kept."""

    id: str
    indicator_id: str
    sequence: int
    month: str
    value: int
    happened_on: dt.date
    recorded_at: dt.datetime


@dataclass(eq=False)
class Indicator(Aggregate):
    """A number that a unit declares month by month (指标); ``key``: its name within the year."""

    id: str
    year: int
    key: str
    name: str
    unit_of_measure: str
    declared_by: str
    happened_on: dt.date
    recorded_at: dt.datetime
    entries: list[IndicatorEntry] = field(default_factory=list)
    version: int = 0

    @classmethod
    def define(
        cls,
        *,
        year: int,
        key: str,
        name: str,
        unit_of_measure: str,
        declared_by: str,
        happened_on: dt.date,
        recorded_at: dt.datetime,
    ) -> Indicator:
        """Define an indicator; its entries follow month by month."""
        return cls(
            new_id(), year, key, name, unit_of_measure, declared_by, happened_on, recorded_at
        )

    def declare(
        self, *, month: str, value: int, happened_on: dt.date, recorded_at: dt.datetime
    ) -> IndicatorEntry:
        """Add the number of a month; raises Invalid for a month of another year or not begun."""
        month_begun(month, happened_on)
        if int(month[:4]) != self.year:
            raise Invalid(
                "month-of-another-year",
                f"this indicator is about {self.year}",
                f"该指标属于 {self.year} 年",
                [{"pointer": "/month", "detail": f"is not a month of {self.year}"}],
            )
        entry = IndicatorEntry(
            new_id(), self.id, len(self.entries) + 1, month, value, happened_on, recorded_at
        )
        self.entries.append(entry)
        return entry
