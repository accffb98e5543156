"""Gauges that are counted in the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from prometheus_client import REGISTRY
from sqlalchemy.orm import Session

from services.chassis import database, settings
from services.chassis.gauges import Counted, Gauges


def gauges(url: str, count: Callable[[Session, dt.date], dict[tuple[str, ...], float]]) -> Gauges:
    """One counted gauge of the proposal service."""
    chosen = settings.load("proposal", {"MINSHENG_DATABASE_URL": url})
    counted = Counted("minsheng_of_a_test", "合成", ("kind",), count)
    return Gauges(database.create_engine(url), chosen, [counted])


def value(kind: str) -> float | None:
    """What ``/metrics`` shows."""
    labels = {"service": "proposal", "kind": kind}
    return REGISTRY.get_sample_value("minsheng_of_a_test", labels)


def test_they_show_what_was_counted_last(tmp_path: Path) -> None:
    """With the service's name; what is no more is 0."""
    found: list[dict[tuple[str, ...], float]] = [{("a",): 3, ("b",): 1}, {("a",): 2}]

    def count(session: Session, today: dt.date) -> dict[tuple[str, ...], float]:
        assert session.scalar(sa.select(sa.literal(1))) == 1
        assert isinstance(today, dt.date)
        return found.pop(0)

    one = gauges(f"sqlite:///{tmp_path / 'x.db'}", count)
    assert one.refresh() and (value("a"), value("b")) == (3, 1)
    assert one.refresh() and (value("a"), value("b")) == (2, 0)
    when = REGISTRY.get_sample_value("minsheng_counted_timestamp_seconds", {"service": "proposal"})
    assert when


def test_a_failing_database_leaves_them_as_they_were(tmp_path: Path) -> None:
    """Nothing is raised: a metric must not end a service."""

    def count(session: Session, today: dt.date) -> dict[tuple[str, ...], float]:
        session.execute(sa.text("SELECT * FROM not_there"))
        return {("a",): 9}

    def good(session: Session, today: dt.date) -> dict[tuple[str, ...], float]:
        return {("a",): 4}

    url = f"sqlite:///{tmp_path / 'x.db'}"
    assert gauges(url, good).refresh()
    assert not gauges(url, count).refresh()
    assert value("a") == 4
