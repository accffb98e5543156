"""Civil days and instants: a deed's day comes from the client, the time of recording from here."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from .errors import Invalid

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> dt.datetime:
    """This instant in UTC."""
    return dt.datetime.now(dt.UTC)


def civil_day(instant: dt.datetime, zone: ZoneInfo = SHANGHAI) -> dt.date:
    """The civil date of an aware instant in the jurisdiction's zone."""
    return instant.astimezone(zone).date()


def not_before(day: dt.date, earlier: dt.date | None, pointer: str = "/happened_on") -> dt.date:
    """``day``, which may not lie before ``earlier`` (None: any day will do); Invalid otherwise."""
    if earlier is not None and day < earlier:
        raise Invalid(
            "day-before",
            f"this cannot have happened before {earlier}",
            f"日期不能早于 {earlier}",
            [{"pointer": pointer, "detail": f"is before {earlier}"}],
        )
    return day
