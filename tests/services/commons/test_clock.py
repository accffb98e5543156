"""Civil days."""

from __future__ import annotations

import datetime as dt

import pytest

from services.commons import clock
from services.commons.errors import Invalid


def test_a_civil_day_is_the_jurisdictions() -> None:
    """An evening in UTC is the next day in Shanghai."""
    instant = dt.datetime(2023, 2, 21, 16, 30, tzinfo=dt.UTC)
    assert clock.civil_day(instant) == dt.date(2023, 2, 22)


def test_a_day_may_be_the_same_but_not_earlier() -> None:
    """Invalid names the field; without an earlier day any will do."""
    day = dt.date(2023, 2, 22)
    assert clock.not_before(day, day) == clock.not_before(day, None) == day
    with pytest.raises(Invalid, match="day-before") as caught:
        clock.not_before(day, day + dt.timedelta(days=1), "/ends_on")
    assert caught.value.errors[0]["pointer"] == "/ends_on"
