"""Files of forms that were filled in elsewhere (批量导入答卷), as records of what came of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.errors import Conflict

WAITING, CHECKING, WRITING, DONE, CHECKED, REFUSED, SET_ASIDE = STATES = (
    "waiting",
    "checking",
    "writing",
    "done",
    "checked",
    "refused",
    "set-aside",
)
#: The states in which more is to come.
UNFINISHED = (WAITING, CHECKING, WRITING)
#: How long its writer may be silent before another begins.
LEASE = dt.timedelta(seconds=60)
#: How often it is begun: a file that ends its writer every time must not do so for ever.
ATTEMPTS = 3


@dataclass(eq=False, kw_only=True)
class AnswerImport(Aggregate):
    """One file that is imported into one audience, known by the hash of its bytes.

    ``dry_run``: it is to be checked only.  ``stored``: its file lies in the store, for a process of
    the service; otherwise it is where the operator has it.  ``rows``: of data in the file;
    ``written``: forms that were counted from it, over all attempts; ``same``: known before with the
    same content.
    ``report``: the first faults, differences and notices, by line and column; no marks.
    ``beat_at``: when its writer last said that it lives.
    """

    id: str
    audience_id: str
    sha256: str
    size: int
    name: str
    asked_by: str
    asked_at: dt.datetime
    sheet: str | None = None
    dry_run: bool = False
    stored: bool = False
    state: str = WAITING
    attempts: int = 0
    rows: int = 0
    written: int = 0
    same: int = 0
    report: dict[str, Any] | None = None
    reason: str | None = None
    beat_at: dt.datetime | None = None
    ended_at: dt.datetime | None = None
    version: int = 0

    @classmethod
    def ask(cls, *, asked_by: str, recorded_at: dt.datetime, **fields: Any) -> AnswerImport:
        """A new import; it waits for its writer."""
        return cls(id=new_id(), asked_by=asked_by, asked_at=recorded_at, **fields)

    @property
    def key(self) -> str:
        """Where its file lies, until it is done."""
        return sheet_key(self.audience_id, self.sha256)

    @property
    def is_hopeless(self) -> bool:
        """Whether it has been begun once too often."""
        return self.attempts >= ATTEMPTS

    def begin(self, at: dt.datetime) -> None:
        """Take it in hand, perhaps after a writer that was ended; it keeps what it has written."""
        self.attempts += 1
        self.beat_at = at
        if self.state != WRITING:
            self.state = CHECKING

    def checked(self, *, rows: int, same: int, report: dict[str, Any], at: dt.datetime) -> None:
        """Note what the check found: the file is refused with any fault, or is to be written."""
        # What an earlier attempt wrote is known by now, and is no news.
        self.rows, self.report = rows, report
        self.same = max(0, same - self.written)
        if report["fault_count"]:
            self._end(REFUSED, at)
        elif self.dry_run:
            self._end(CHECKED, at)
        else:
            self.state = WRITING

    def wrote(self, rows: int, at: dt.datetime) -> None:
        """Count rows that are written in this transaction."""
        self.written += rows
        self.beat_at = at

    def finish(self, at: dt.datetime) -> None:
        """Note that all of it is written."""
        self._end(DONE, at)

    def refuse(
        self, reason: dict[str, str], at: dt.datetime, places: Sequence[dict[str, Any]] = ()
    ) -> None:
        """Note that the file is none that can be read, ``{code, zh, en}``, and where."""
        found = {"fault_count": max(1, len(places)), "faults": list(places), "refusal": reason}
        self.report = (self.report or blank_report()) | found
        self._end(REFUSED, at)

    def set_aside(self, reason: str, at: dt.datetime) -> None:
        """Give it up; what it has written stays counted."""
        if self.state not in UNFINISHED:
            raise Conflict(
                "import-ended",
                f"the import has ended; its state is {self.state}",
                f"导入已结束,当前状态为 {self.state}",
            )
        self.reason = reason
        self._end(SET_ASIDE, at)

    def public_state(self) -> dict[str, Any]:
        """For events; it causes none."""
        return {"id": self.id}

    def _end(self, state: str, at: dt.datetime) -> None:
        if self.state in UNFINISHED:
            self.state, self.ended_at = state, at


def blank_report() -> dict[str, Any]:
    """The report on a file without anything to report."""
    return {
        "fault_count": 0,
        "faults": [],
        "difference_count": 0,
        "differences": [],
        "alike_count": 0,
        "alike": [],
        "straight": 0,
    }


def sheet_key(audience_id: str, sha256: str) -> str:
    """Where the file of an import lies in the store until it is done."""
    return f"sheets/{audience_id}/{sha256}"


def check_finished(imports: Iterable[AnswerImport]) -> None:
    """Raise Conflict with the imports that keep an audience from being closed."""
    waiting = [one for one in imports if one.state in UNFINISHED]
    if waiting:
        shown = ", ".join(f"{one.name} ({one.id})" for one in waiting)
        raise Conflict(
            "imports-unfinished",
            f"imports are not finished: {shown}; run them again, or set them aside with a reason",
            f"导入尚未完成:{shown};请重新运行,或说明理由后搁置",
        )
