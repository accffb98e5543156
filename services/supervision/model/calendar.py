"""The calendar of a year's supervision: what must happen when, drawn from a rule."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before
from services.commons.errors import Conflict

from .activity import ACTIVITY_KINDS
from .document import DOCUMENT_KINDS
from .meeting import MEETING_KINDS

Json = dict[str, Any]

MEETING, ACTIVITY, DOCUMENT, ONLINE_CHECK, LOOK_BACK, ASSESSMENT = (
    "meeting",
    "activity",
    "document",
    "online-check",
    "look-back",
    "assessment",
)
#: What keeps an entry, and of which kinds it may be; ``other``: whatever somebody says kept it.
MUSTS: dict[str, tuple[str, ...]] = {
    MEETING: MEETING_KINDS,
    ACTIVITY: ACTIVITY_KINDS,
    DOCUMENT: DOCUMENT_KINDS,
    ONLINE_CHECK: (),
    LOOK_BACK: (),
    ASSESSMENT: (),
    "other": (),
}
OPEN, KEPT, DROPPED = STATES = ("open", "kept", "dropped")


@dataclass(eq=False, kw_only=True)
class CalendarEntry(Aggregate):
    """What must happen between two days of a year (监督日历的一项), both counted.

    ``part``, ``ordinal``: the part of the rule and the how-manieth of it in the year; ``must`` and
    ``of``: what keeps it, such as a meeting of the kind regular.  ``remind_on``: from when on it is
    called to mind.  ``moves``: the days that it had before, with the reasons.  ``kept_by``: what
    kept it; ``note``: how, or why it was dropped.  ``rule_id`` is None for the shipped rule, the
    digest too for an entry made by hand.
    """

    id: str
    year: int
    part: str
    ordinal: int
    name: str
    must: str
    of: str | None
    starts_on: dt.date
    due_on: dt.date
    lead_days: int
    remind_on: dt.date
    rule_id: str | None
    rule_digest: str | None
    happened_on: dt.date
    recorded_at: dt.datetime
    moves: list[Json] = field(default_factory=list)
    state: str = OPEN
    ended_on: dt.date | None = None
    kept_by: str | None = None
    note: str | None = None
    reminded_on: dt.date | None = None
    version: int = 0

    @classmethod
    def enter(
        cls,
        *,
        starts_on: dt.date,
        due_on: dt.date,
        lead_days: int,
        rule_id: str | None = None,
        rule_digest: str | None = None,
        **fields: Any,
    ) -> CalendarEntry:
        """A new entry; raises Invalid if it ends before it begins."""
        not_before(due_on, starts_on, "/due_on")
        return cls(
            id=new_id(),
            starts_on=starts_on,
            due_on=due_on,
            lead_days=lead_days,
            remind_on=due_on - dt.timedelta(days=lead_days),
            rule_id=rule_id,
            rule_digest=rule_digest,
            **fields,
        )

    def move(self, starts_on: dt.date, due_on: dt.date, reason: str, day: dt.date) -> None:
        """Give it other days; it will be called to mind again."""
        self._must_be_open()
        not_before(due_on, starts_on, "/due_on")
        before = {
            "starts_on": self.starts_on.isoformat(),
            "due_on": self.due_on.isoformat(),
            "reason": reason,
            "happened_on": not_before(day, self.happened_on).isoformat(),
        }
        self.moves = [*self.moves, before]
        self.starts_on, self.due_on, self.reminded_on = starts_on, due_on, None
        self.remind_on = due_on - dt.timedelta(days=self.lead_days)

    def keep(self, by: str | None, note: str | None, day: dt.date) -> None:
        """It happened; Conflict the second time."""
        self._end(KEPT, note, day)
        self.kept_by = by

    def drop(self, reason: str, day: dt.date) -> None:
        """It will not happen."""
        self._end(DROPPED, reason, day)

    def remind(self, day: dt.date) -> None:
        """Call it to mind; records ``reminder.due.v1``."""
        self.reminded_on = day
        self.record("reminder.due.v1", reminded_on=day.isoformat())

    def _end(self, state: str, note: str | None, day: dt.date) -> None:
        self._must_be_open()
        self.state, self.note, self.ended_on = state, note, not_before(day, self.happened_on)

    def _must_be_open(self) -> None:
        if self.state != OPEN:
            raise Conflict("entry-ended", "this entry is kept or dropped", "该项已完成或已取消")

    def public_state(self) -> Json:
        """For events."""
        return {
            "id": self.id,
            "year": self.year,
            "part": self.part,
            "ordinal": self.ordinal,
            "must": self.must,
            "of": self.of,
            "starts_on": self.starts_on.isoformat(),
            "due_on": self.due_on.isoformat(),
        }


def drawn(parts: Iterable[Json], year: int) -> Iterator[Json]:
    """What the rule ``calendar`` asks for in a year: the fields of each entry.

    A day that a month has not is its last day.
    """
    for part in parts:
        for ordinal, month in enumerate(sorted(part["months"]), 1):
            last = calendar.monthrange(year, month)[1]
            yield {
                "year": year,
                "part": part["code"],
                "ordinal": ordinal,
                "name": part["name"],
                "must": part["must"],
                "of": part["of"],
                "starts_on": dt.date(year, month, min(part["from_day"], last)),
                "due_on": dt.date(year, month, min(part["day"], last)),
                "lead_days": part["lead_days"],
            }
