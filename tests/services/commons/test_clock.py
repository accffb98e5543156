"""Civil days."""

from __future__ import annotations

import datetime as dt

from services.commons import clock


def test_a_civil_day_is_the_jurisdictions() -> None:
    """An evening in UTC is the next day in Shanghai."""
    instant = dt.datetime(2023, 2, 21, 16, 30, tzinfo=dt.UTC)
    assert clock.civil_day(instant) == dt.date(2023, 2, 22)


def test_a_day_ends_where_the_next_begins() -> None:
    """The first instant after a day belongs to the next, the one before it to the day."""
    day = dt.date(2023, 2, 22)
    end = clock.day_ends(day)
    assert clock.civil_day(end) == day + dt.timedelta(days=1)
    assert clock.civil_day(end - dt.timedelta(microseconds=1)) == day
