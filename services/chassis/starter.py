"""Starts a command in a process of its own when it is due: for work that takes longer than a call.

An RPC or an event that held the CPU so long would miss its heartbeats and run twice.
"""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import eventlet
import structlog
from nameko.extensions import DependencyProvider

from services.commons import clock

from . import logs
from .store import ReadingStore, Store

log = structlog.get_logger()

Due = Callable[[Any], bool]

#: For how long the night's work may still begin.
NIGHT = dt.timedelta(hours=3)


class Starter(DependencyProvider):
    """Runs ``python -m module`` whenever ``due(store)`` says so, never twice at a time from here.

    ``every``: seconds between two looks.  The command finishes its work when this process stops,
    and stands being killed.
    """

    def __init__(self, module: str, due: Due, every: float) -> None:
        self.module = module
        self.due = due
        self.every = every
        self.stopping = False
        self.child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin to look."""
        found = (d for d in self.container.dependencies if isinstance(d, ReadingStore))
        self.container.spawn_managed_thread(lambda: self._run(next(found)), identifier="starter")

    def stop(self) -> None:
        """Look no more."""
        self.stopping = True

    def kill(self) -> None:
        """Look no more."""
        self.stopping = True

    def get_dependency(self, worker_ctx: Any) -> Starter:
        """Itself; methods have no use for it."""
        return self

    def _run(self, store: ReadingStore) -> None:
        while not self.stopping:
            try:
                self.look(store)
            except (
                Exception
            ) as exc:  # the database may be away; a thread that dies ends the process
                log.warning("starter_interrupted", module=self.module, **logs.where(exc))
            eventlet.sleep(self.every)

    def look(self, store: Any) -> bool:
        """Start the command if it is due and does not run already; whether it was started."""
        if self.child is not None:
            status = self.child.poll()
            if status is None:
                return False
            if status:
                log.error("command_failed", module=self.module, status=status)
            self.child = None
        if not self.due(store):
            return False
        log.info("command_started", module=self.module)
        self.child = subprocess.Popen([sys.executable, "-m", self.module])
        return True


class Nightly:
    """Due once a day at ``MINSHENG_NIGHTLY``, in the replica whose relay publishes.

    Whoever starts or begins to lead within ``NIGHT`` after that time is not too late.  So a change
    of leader may bring the night's work twice, which it stands, but never not at all.
    """

    def __init__(self) -> None:
        self.begun: dt.datetime | None = None

    def __call__(self, store: Store) -> bool:
        """Whether it is night, and its work has not begun from here."""
        at, zone = store.settings.nightly, store.settings.zone
        if at is None:
            return False
        local = clock.now().astimezone(zone)
        due = dt.datetime.combine(local.date(), at, zone)
        if due > local:
            due -= dt.timedelta(days=1)
        if local - due >= NIGHT or due == self.begun or not store.relay.leading:
            return False
        self.begun = due
        return True
