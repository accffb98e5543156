"""Long work beside a service: a command in a process of its own, begun whenever something is due.

A call would be lost with a missed heartbeat, or done twice.  What is due stands in the database, so
a process that is killed, with the service or alone, leaves nothing behind that the next one would
not find.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import eventlet
import sqlalchemy as sa
import structlog
from nameko.extensions import DependencyProvider
from sqlalchemy.orm import Session

from services.commons.errors import ServiceError

from . import database, logs

log = structlog.get_logger()

#: Seconds between looks at what is due.
PAUSE = 1.0
#: Seconds after a command that failed.
AFTER_FAILURE = 10.0


class OneShot(DependencyProvider):
    """Runs ``python -m module`` while ``due`` finds something; one at a time in this process.

    Other replicas look too: the command itself takes each piece of work once.
    """

    def __init__(self, module: str, due: Callable[[Session], bool]) -> None:
        self.module = module
        self.due = due
        self.stopping = False
        self.process: subprocess.Popen[bytes] | None = None

    def setup(self) -> None:
        """Open the service's database; the settings are in nameko's configuration."""
        settings = self.container.config["settings"][self.container.service_name]
        self.engine = database.create_engine(settings.database_url)

    def start(self) -> None:
        """Begin to look."""
        self.container.spawn_managed_thread(self._run, identifier=self.module)

    def stop(self) -> None:
        """End the command; what it had in hand is begun again later."""
        self.stopping = True
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def get_dependency(self, worker_ctx: Any) -> None:
        """Calls need nothing of it."""

    def _run(self) -> None:
        while not self.stopping:
            pause = PAUSE
            try:
                if self._is_due() and self._once():
                    pause = AFTER_FAILURE
            except Exception as exc:  # a hook that raises would end the container
                log.warning("oneshot_interrupted", module=self.module, **logs.where(exc))
                pause = AFTER_FAILURE
            eventlet.sleep(pause)

    def _is_due(self) -> bool:
        try:
            return database.in_transaction(self.engine, self.due, reading=True)
        except (ServiceError, sa.exc.SQLAlchemyError):
            return False  # the database is away; its own alarms tell

    def _once(self) -> int:
        """Run the command to its end; its status."""
        line = [sys.executable, "-m", self.module]
        self.process = subprocess.Popen(line, stdin=subprocess.DEVNULL)
        while self.process.poll() is None:
            eventlet.sleep(0.1)
        status = self.process.returncode
        if status and not self.stopping:
            log.error("oneshot_failed", module=self.module, status=status)
        return status
