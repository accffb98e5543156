"""Deadlines in months, days, working days and hours."""

from __future__ import annotations

import datetime as dt

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.commons.workdays import (
    DAYS,
    HOURS,
    MONTHS,
    UNITS,
    WORKING_DAYS,
    Due,
    Duration,
    is_announced,
    is_working_day,
    months_after,
)

DAY = dt.timedelta(days=1)
KNOWN = st.dates(dt.date(2005, 1, 1), dt.date(2024, 12, 31))


def day(text: str) -> dt.date:
    """A day as it is written."""
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "amount", "due"),
    [
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-08-31", 1, "2023-09-30"),
        ("2023-11-30", 3, "2024-02-29"),
        ("2023-02-28", 1, "2023-03-28"),
        ("2022-12-15", 3, "2023-03-15"),
        ("2023-12-31", 2, "2024-02-29"),
    ],
)
def test_months_end_on_the_same_number_or_the_months_last_day(
    start: str, amount: int, due: str
) -> None:
    """民法典 art. 202; counted by hand."""
    assert Duration(amount, MONTHS).after(day(start)) == Due(day(due))


@pytest.mark.parametrize(
    ("start", "amount", "due"),
    [
        # 29 September to 6 October 2023 are free, Saturday 7 and Sunday 8 October are worked.
        ("2023-09-28", 1, "2023-10-07"),
        ("2023-09-28", 2, "2023-10-08"),
        ("2023-09-28", 7, "2023-10-13"),
        ("2023-10-05", 1, "2023-10-07"),
        # 1 May 2023: 29 April to 3 May free, Sunday 23 April and Saturday 6 May worked.
        ("2023-04-21", 1, "2023-04-23"),
        ("2023-04-28", 3, "2023-05-06"),
        # An ordinary week: the day itself is not counted, weekends are free.
        ("2023-07-07", 1, "2023-07-10"),
        ("2023-07-03", 5, "2023-07-10"),
        # Spring Festival 2024: 10 to 17 February free, Sundays 4 and 18 February worked.
        ("2024-02-09", 1, "2024-02-18"),
        ("2024-02-02", 1, "2024-02-04"),
    ],
)
def test_working_days_know_the_weekends_that_are_worked(start: str, amount: int, due: str) -> None:
    """调休 as the State Council announced it for 2023 and 2024; counted by hand."""
    assert Duration(amount, WORKING_DAYS).after(day(start)) == Due(day(due))


@pytest.mark.parametrize(
    ("start", "due"),
    [("2023-09-20", "2023-10-07"), ("2023-06-26", "2023-07-06"), ("2023-06-28", "2023-07-10")],
)
def test_a_last_day_on_a_holiday_moves_behind_it(start: str, due: str) -> None:
    """民法典 art. 203: 30 September is in the long holiday, 8 July a Saturday."""
    assert Duration(10, DAYS).after(day(start), extended=True) == Due(day(due))


def test_hours_run_from_their_instant() -> None:
    """24 hours from a quarter past ten in the evening end on the next civil day there."""
    begun = dt.datetime(2023, 5, 31, 14, 15, tzinfo=dt.UTC)
    due = Duration(24, HOURS).after_instant(begun)
    assert due == Due(day("2023-06-01"), at=begun + DAY)


def test_hours_from_a_day_run_from_its_end() -> None:
    """Nobody knows the hour, so none is lost."""
    due = Duration(24, HOURS).after(day("2023-05-31"))
    assert due == Due(day("2023-06-01"), at=dt.datetime(2023, 6, 1, 16, tzinfo=dt.UTC))


def unannounced(monkeypatch: pytest.MonkeyPatch, year: int) -> None:
    """Let the library know no year from this one on."""
    known = chinese_calendar.is_workday

    def is_workday(day: dt.date) -> bool:
        if day.year >= year:
            raise NotImplementedError(f"no available data for year {day.year}")
        return bool(known(day))

    monkeypatch.setattr(chinese_calendar, "is_workday", is_workday)


def test_an_unannounced_year_counts_weekends_and_is_provisional(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """National Day of that year counts as worked until it is announced."""
    unannounced(monkeypatch, 2023)
    assert Duration(5, WORKING_DAYS).after(day("2023-09-28")) == Due(day("2023-10-05"), True)
    assert Duration(10, DAYS).after(day("2023-09-20"), extended=True) == Due(
        day("2023-10-02"), True
    )
    assert Duration(3, MONTHS).after(day("2023-01-10")) == Due(day("2023-04-10"))


def test_the_last_week_of_the_last_known_year_is_not_certain(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """New Year's holiday may begin in December and is announced with the next year."""
    unannounced(monkeypatch, 2024)
    assert is_announced(day("2023-12-23"))
    assert not is_announced(day("2023-12-24"))
    assert Duration(1, WORKING_DAYS).after(day("2023-12-22")) == Due(day("2023-12-25"), True)


@given(KNOWN, st.integers(1, 60), st.sampled_from(UNITS), st.booleans())
def test_a_longer_period_never_ends_earlier(
    start: dt.date, amount: int, unit: str, extended: bool
) -> None:
    """Nor does a later start; and every period ends after its start."""
    due = Duration(amount, unit).after(start, extended=extended).day
    assert due > start
    assert Duration(amount + 1, unit).after(start, extended=extended).day >= due
    assert Duration(amount, unit).after(start + DAY, extended=extended).day >= due


@given(KNOWN, st.integers(1, 60))
def test_so_many_working_days_lie_in_the_period(start: dt.date, amount: int) -> None:
    """Counted again one by one; the last day is one of them, the first is not."""
    due = Duration(amount, WORKING_DAYS).after(start).day
    days = [start + n * DAY for n in range(1, (due - start).days + 1)]
    assert sum(map(is_working_day, days)) == amount
    assert is_working_day(due)


@given(KNOWN, st.integers(1, 40))
def test_months_keep_their_number_where_they_can(start: dt.date, amount: int) -> None:
    """Else the next day is the first of a month."""
    due = months_after(start, amount)
    months = (due.year - start.year) * 12 + due.month - start.month
    assert months == amount
    assert due.day == start.day or (due + DAY).day == 1 and due.day < start.day


@given(KNOWN, st.integers(1, 60), st.sampled_from((DAYS, MONTHS)))
def test_an_extended_period_ends_on_the_first_working_day(
    start: dt.date, amount: int, unit: str
) -> None:
    """Nothing between the counted end and the extended one is worked."""
    plain = Duration(amount, unit).after(start).day
    extended = Duration(amount, unit).after(start, extended=True).day
    assert is_working_day(extended)
    between = [plain + n * DAY for n in range((extended - plain).days)]
    assert not any(map(is_working_day, between))
