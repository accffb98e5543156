"""Deadlines: a number of months, days, working days or hours after a day or an instant.

How a period runs is read from 民法典 art. 201-203, which is civil law and applied here by analogy,
where the rule that sets the deadline says nothing else:

- art. 201: the day on which it begins is not counted; hours count from their instant.
- art. 202: a period of months ends on the day of the same number; where that month has none, on
  its last day (31 January and one month: the last of February).
- art. 203: where the last day is a holiday (法定休假日, read as weekends too), the period ends on
  the first day after it; the last day lasts until 24:00.

Working days (工作日) know that weekends are worked for long holidays (调休), as the State Council
announces for each year.  For a year that is not announced yet only weekends count as free, and what
was found is provisional.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import chinese_calendar

from .clock import SHANGHAI, civil_day

UNITS = MONTHS, DAYS, WORKING_DAYS, HOURS = ("months", "days", "working-days", "hours")

#: New Year's holiday is announced with the next year and may begin, or be worked for, this early.
_NEW_YEARS_EVE = (12, 24)
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """The last day of a period; ``at``: its last instant, where hours are counted.

    ``provisional``: it depends on days of a year whose working days are not announced yet.
    """

    day: dt.date
    provisional: bool = False
    at: dt.datetime | None = None


@dataclass(frozen=True)
class Duration:
    """A period's length: ``amount`` of one of :data:`UNITS`, from 1."""

    amount: int
    unit: str

    def after(self, day: dt.date, zone: ZoneInfo = SHANGHAI, *, extended: bool = False) -> Due:
        """The last day, counted from a day; ``extended``: over holidays, as art. 203 has it.

        Hours are counted from the end of the day in ``zone``, since nobody knows the hour.
        """
        if self.unit == HOURS:
            return self.after_instant(_end(day, zone), zone)
        if self.unit == WORKING_DAYS:
            return _working_days_after(day, self.amount)
        last = months_after(day, self.amount) if self.unit == MONTHS else day + self.amount * _DAY
        return _first_working_day(last) if extended else Due(last)

    def after_instant(
        self, instant: dt.datetime, zone: ZoneInfo = SHANGHAI, *, extended: bool = False
    ) -> Due:
        """The same from an instant: hours from just then, everything else from its civil day."""
        if self.unit != HOURS:
            return self.after(civil_day(instant, zone), zone, extended=extended)
        at = instant.astimezone(dt.UTC) + dt.timedelta(hours=self.amount)
        # What ends at midnight ends with the day before (24:00).
        return Due(civil_day(at - dt.timedelta.resolution, zone), at=at)


def months_after(day: dt.date, amount: int) -> dt.date:
    """The day of the same number so many months later, or that month's last (art. 202)."""
    years, month = divmod(day.month - 1 + amount, 12)
    year = day.year + years
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def is_working_day(day: dt.date) -> bool:
    """Whether people work on this day, as far as is known (see :func:`is_announced`)."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def is_announced(day: dt.date) -> bool:
    """Whether it is certain that this is a working day or none."""
    if not _has_year(day.year):
        return False
    return (day.month, day.day) < _NEW_YEARS_EVE or _has_year(day.year + 1)


def _has_year(year: int) -> bool:
    try:
        chinese_calendar.is_workday(dt.date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def _working_days_after(day: dt.date, amount: int) -> Due:
    provisional = False
    while amount:
        day += _DAY
        provisional = provisional or not is_announced(day)
        amount -= is_working_day(day)
    return Due(day, provisional)


def _first_working_day(day: dt.date) -> Due:
    """This day, or the first after it that is worked."""
    provisional = not is_announced(day)
    while not is_working_day(day):
        day += _DAY
        provisional = provisional or not is_announced(day)
    return Due(day, provisional)


def _end(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    return dt.datetime.combine(day + _DAY, dt.time(), zone)
