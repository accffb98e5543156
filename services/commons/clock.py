"""Civil days and instants: a deed's day comes from the client, the time of recording from here."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> dt.datetime:
    """This instant in UTC."""
    return dt.datetime.now(dt.UTC)


def civil_day(instant: dt.datetime, zone: ZoneInfo = SHANGHAI) -> dt.date:
    """The civil date of an aware instant in the jurisdiction's zone."""
    return instant.astimezone(zone).date()


def day_ends(day: dt.date, zone: ZoneInfo = SHANGHAI) -> dt.datetime:
    """The first instant after a civil day, in UTC: what happened on it is before this."""
    start = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), tzinfo=zone)
    return start.astimezone(dt.UTC)
