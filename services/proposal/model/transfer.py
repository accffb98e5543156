"""What comes in and goes out in bulk: imports and exports, as records of what was done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import civil_day
from services.commons.errors import Conflict

WRITING, DONE = "writing", "done"
WAITING, READY, FAILED, EXPIRED = "waiting", "ready", "failed", "expired"
EXPORT_STATES = (WAITING, WRITING, READY, FAILED, EXPIRED)
#: How long an export may be fetched, and how long its writer may be silent before another begins.
KEPT, LEASE = dt.timedelta(days=7), dt.timedelta(seconds=60)
#: How often an export is begun: one that ends its writer every time must not do so for ever.
ATTEMPTS = 3


@dataclass(eq=False)
class Import(Aggregate):
    """One file that was imported (批量导入), known by the hash of its bytes.

    ``rows``: of data in the file; ``written``: suggestions made from it, over all attempts.
    """

    id: str
    file_hash: str
    name: str
    kind: str
    imported_by: str
    rows: int
    started_at: dt.datetime
    written: int = 0
    state: str = WRITING
    finished_at: dt.datetime | None = None
    version: int = 0

    @classmethod
    def begin(cls, *, recorded_at: dt.datetime, **fields: Any) -> Import:
        """An import of a file that was found to be without fault."""
        return cls(new_id(), started_at=recorded_at, **fields)

    def wrote(self, rows: int) -> None:
        """Count rows that are written in this transaction."""
        self.written += rows

    def finish(self, at: dt.datetime) -> None:
        """Note that all of it is written; a later run of the same file changes nothing."""
        if self.state != DONE:
            self.state, self.finished_at = DONE, at

    def public_state(self) -> dict[str, Any]:
        """For events; it causes none, its suggestions do."""
        return {"id": self.id}


@dataclass(eq=False)
class Export(Aggregate):
    """A list as a file that somebody asked for (导出), kept for :data:`KEPT`.

    ``filters``: as they were asked for; ``beat_at``: when its writer last said that it lives.
    """

    id: str
    list: str
    filters: dict[str, Any]
    format: str
    asked_by: str
    asked_at: dt.datetime
    state: str = WAITING
    attempts: int = 0
    beat_at: dt.datetime | None = None
    rows: int | None = None
    size: int | None = None
    sha256: str | None = None
    ready_at: dt.datetime | None = None
    reason: str | None = None
    version: int = 0

    @classmethod
    def ask(cls, *, asked_by: str, recorded_at: dt.datetime, **fields: Any) -> Export:
        """A new export; it waits for its writer."""
        return cls(new_id(), asked_by=asked_by, asked_at=recorded_at, **fields)

    @property
    def expires_at(self) -> dt.datetime | None:
        """When the file goes."""
        return self.ready_at + KEPT if self.ready_at else None

    def name(self, zone: ZoneInfo) -> str:
        """What the file is called when it is fetched, with the civil day of its asking."""
        return f"{self.list}-{civil_day(self.asked_at, zone):%Y%m%d}.{self.format}"

    @property
    def key(self) -> str:
        """Where its file lies; each attempt writes one of its own."""
        return self._key(self.attempts)

    @property
    def keys(self) -> Sequence[str]:
        """Where any of its attempts may have left a file."""
        return [self._key(attempt) for attempt in range(1, self.attempts + 1)]

    @property
    def is_hopeless(self) -> bool:
        """Whether it has been begun once too often."""
        return self.attempts > ATTEMPTS

    def begin(self, at: dt.datetime) -> None:
        """Take it in hand, perhaps after a writer that was ended."""
        self.attempts += 1
        self.beat_at = at
        self.state = WRITING

    def ready(self, at: dt.datetime, *, rows: int, size: int, sha256: str) -> None:
        """Note the finished file."""
        self.state, self.ready_at = READY, at
        self.rows, self.size, self.sha256 = rows, size, sha256

    def fail(self, reason: str) -> None:
        """Note that there will be no file, and why."""
        self.state, self.reason = FAILED, reason

    def fetched(self) -> Export:
        """Itself, if its file may be fetched; Conflict otherwise."""
        if self.state == EXPIRED:
            raise Conflict(
                "export-expired",
                "the file is gone after seven days; ask for it anew",
                "文件保留七天,已过期,请重新导出",
            )
        if self.state != READY:
            raise Conflict(
                "export-not-ready",
                f"the file is not ready, its state is {self.state}",
                f"文件尚未生成,当前状态为 {self.state}",
            )
        return self

    def _key(self, attempt: int) -> str:
        return f"exports/{self.id}-{attempt}.{self.format}"

    def public_state(self) -> dict[str, Any]:
        """For events; it causes none."""
        return {"id": self.id}
