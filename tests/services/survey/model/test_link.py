"""Open links: limits in all, per day, per network and hour."""

from __future__ import annotations

import datetime as dt

import pytest

from services.commons.errors import Conflict, Forbidden, TooMany
from services.survey.model.link import Link, LinkCount, NetworkCount

DAY = dt.date(2026, 11, 2)
NOON = dt.datetime(2026, 11, 2, 12, 30, tzinfo=dt.UTC)


def link(site: str | None = None) -> Link:
    """A link that has just been opened."""
    return Link.open(
        "a",
        label="合成口袋公园",
        site=site,
        project_id=None,
        limits={},
        happened_on=DAY,
        recorded_at=NOON,
    )


def test_a_site_is_a_stratum() -> None:
    """Answers by a link with a site are counted apart."""
    assert (link("park-1").cell, link().cell) == ("site=park-1", "")
    assert len({link().code for _ in range(100)}) == 100


def test_a_closed_link_takes_nothing() -> None:
    """Closed once."""
    one = link()
    one.check_open()
    one.close(DAY)
    with pytest.raises(Forbidden, match="link-closed"):
        one.check_open()
    with pytest.raises(Conflict, match="link-closed"):
        one.close(DAY)


def test_a_link_counts_by_days_and_stops_at_its_limits() -> None:
    """Two a day, three in all."""
    count, limits = LinkCount("x"), {"total": 3, "per_day": 2}
    count.take(limits, DAY)
    count.take(limits, DAY)
    with pytest.raises(TooMany, match="link-full-today"):
        count.take(limits, DAY)
    count.take(limits, DAY + dt.timedelta(1))
    with pytest.raises(TooMany, match="link-full"):
        count.take(limits, DAY + dt.timedelta(2))
    assert count.days == {"2026-11-02": 2, "2026-11-03": 1}


def test_a_network_is_known_for_an_hour() -> None:
    """At the next full hour everything about it is gone; so it is at the closing."""
    count = NetworkCount("a")
    count.take("n2", NOON, 2)
    count.take("n1", NOON, 2)
    count.take("n2", NOON, 2)
    assert list(count.networks.items()) == [("n1", 1), ("n2", 2)]
    with pytest.raises(TooMany, match="network-busy"):
        count.take("n2", NOON, 2)
    count.take("n2", NOON + dt.timedelta(minutes=30), 2)
    assert count.networks == {"n2": 1}
    count.forget()
    assert (count.hour, count.networks) == ("", {})
