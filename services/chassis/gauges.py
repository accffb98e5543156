"""Gauges that are counted in the database: how many are overdue, how many wait.

They are counted every :data:`PERIOD` beside the calls, and ``/metrics`` shows what was found last:
a scrape costs no query, and a database that is away breaks no scrape.  How old the figures are
stands beside them.  Labels are kinds, never persons.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import eventlet
import prometheus_client
import structlog
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from services.commons import clock

from . import database, logs
from .settings import Settings

log = structlog.get_logger()

#: Seconds between two counts.
PERIOD = 30.0

counted_at = prometheus_client.Gauge(
    "minsheng_counted_timestamp_seconds",
    "When the gauges that are counted in the database were counted last",
    ["service"],
)

Counts = Mapping[tuple[str, ...], float]


@dataclass(frozen=True)
class Counted:
    """A gauge and how it is counted.

    ``count``: given a session and today's civil day, the value for each combination of ``labels``
    (the service's name is put before them).
    """

    name: str
    description: str
    labels: tuple[str, ...]
    count: Callable[[Session, dt.date], Counts]


class Gauges:
    """The counted gauges of one service."""

    def __init__(self, engine: Engine, settings: Settings, counted: Sequence[Counted]) -> None:
        self.engine = engine
        self.settings = settings
        self.gauges = [(one, _gauge(one)) for one in counted]
        self.shown: dict[str, set[tuple[str, ...]]] = {}
        self._running = True

    def run(self) -> None:
        """Count again and again until stopped."""
        while self.gauges and self._running:
            self.refresh()
            eventlet.sleep(PERIOD)

    def stop(self) -> None:
        """Count no more."""
        self._running = False

    def refresh(self) -> bool:
        """Count once; False, and the figures stay as they were, if the database does not answer."""
        today = clock.civil_day(clock.now(), self.settings.zone)

        def work(session: Session) -> list[Counts]:
            return [one.count(session, today) for one, _ in self.gauges]

        try:
            found = database.in_transaction(self.engine, work, reading=True)
        except Exception as exc:  # whatever it is, it must not end the service
            log.warning("gauges_not_counted", **logs.where(exc))
            return False
        for (one, gauge), counts in zip(self.gauges, found, strict=True):
            self._show(one, gauge, counts)
        counted_at.labels(self.settings.service).set(time.time())
        return True

    def _show(self, one: Counted, gauge: Any, counts: Counts) -> None:
        """Set what was found, and to 0 what was there before and is no more."""
        before = self.shown.get(one.name, set())
        for labels in before | counts.keys():
            gauge.labels(self.settings.service, *labels).set(counts.get(labels, 0))
        self.shown[one.name] = set(counts)


_made: dict[str, Any] = {}


def _gauge(one: Counted) -> Any:
    """The metric of this name, made once a process, since several services may share one."""
    if one.name not in _made:
        labels = ["service", *one.labels]
        _made[one.name] = prometheus_client.Gauge(one.name, one.description, labels)
    return _made[one.name]
