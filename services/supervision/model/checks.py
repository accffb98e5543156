"""Small rules that several entities share, with their sentences in two languages."""

from __future__ import annotations

import datetime as dt
import re

from services.commons.errors import Invalid

#: A month, "YYYY-MM", of a year that may be recorded.
MONTH = r"(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])"
_MONTH = re.compile(MONTH, re.ASCII)


def month_begun(month: str, day: dt.date) -> str:
    """``month`` ("YYYY-MM"), which must have begun on ``day``; Invalid otherwise."""
    if not _MONTH.fullmatch(month):
        raise Invalid(
            "month-malformed",
            "a month is written YYYY-MM",
            "月份应写成 YYYY-MM",
            [{"pointer": "/month", "detail": "is not YYYY-MM"}],
        )
    if month > day.isoformat()[:7]:
        raise Invalid(
            "month-not-begun",
            f"the month {month} has not begun on {day.isoformat()}",
            f"{day.isoformat()} 时 {month} 尚未开始",
            [{"pointer": "/month", "detail": "is after happened_on"}],
        )
    return month
