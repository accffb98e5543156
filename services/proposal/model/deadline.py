"""Deadlines: what must be done by when, by which rule."""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from services.commons.aggregate import Aggregate, new_id
from services.commons.errors import Conflict
from services.commons.workdays import HOURS, Due, Duration

#: Whose deadline: an answer to a suggestion or to a suggested project, a promise that an answer
#: made, an opinion of a co-handling unit.
KINDS = SUGGESTION, PROJECT, PROMISE, OPINION = ("suggestion", "project", "promise", "opinion")
#: The sorting of what was submitted; found from the rule alone, no deadline of its own is kept.
SORTING = "sorting"
#: What terms there are in the rule ``deadlines``.
CODES = ANSWER, EXTENSION, SECOND_ANSWER, RETURN, OPINION_TERM, SORTING_TERM = (
    "answer",
    "extension",
    "second-answer",
    "return",
    "opinion",
    SORTING,
)
#: From what a term is counted; ``start``: from where the deadline that it extends was counted.
BEGINNINGS = SUBMITTED, ACCEPTED, HANDED_OVER, JUDGED, START = (
    "submitted",
    "accepted",
    "handed-over",
    "judged",
    "start",
)
#: The steps in their order.
_STEPS = (ACCEPTED, HANDED_OVER, JUDGED)
#: Whence a promise counts; no rule sets it.
ANSWERED = "answered"


@dataclass(frozen=True)
class Term:
    """One term of the rule ``deadlines`` (期限)."""

    code: str
    begins: str
    duration: Duration
    over_holidays: bool

    def due(self, day: dt.date, instant: dt.datetime | None, zone: ZoneInfo) -> Due:
        """When it ends; hours count from ``instant``, or from the end of the day without one."""
        if self.duration.unit == HOURS and instant is not None:
            return self.duration.after_instant(instant, zone)
        return self.duration.after(day, zone, extended=self.over_holidays)

    def run_out(self, on: dt.date, zone: ZoneInfo) -> dt.date:
        """The latest day of which the term is over before ``on``; then those of all days before.

        For no term that begins later ends earlier.
        """
        first = dt.date.min.toordinal()
        days = range(first, on.toordinal())
        waiting = bisect.bisect_left(
            days, True, key=lambda day: self._lasts(dt.date.fromordinal(day), on, zone)
        )
        return dt.date.fromordinal(max(first, first + waiting - 1))

    def _lasts(self, day: dt.date, on: dt.date, zone: ZoneInfo) -> bool:
        return self.due(day, None, zone).day >= on


def term(
    content: Iterable[dict[str, Any]], code: str, begins: str, author: str | None = None
) -> Term | None:
    """The first term of the rule for this occasion and kind of author; None: nothing is due."""
    for one in content:
        suits = author is None or not one["authors"] or author in one["authors"]
        if (one["code"], one["from"]) == (code, begins) and suits:
            duration = Duration(one["amount"], one["unit"])
            return Term(code, begins, duration, one["over_holidays"])
    return None


@dataclass(frozen=True)
class Whose:
    """Whose deadline: of which suggestion or suggested project, and which unit must keep it."""

    suggestion_id: str | None = None
    project_id: str | None = None
    unit_id: str | None = None


@dataclass(frozen=True)
class Clock:
    """From when a term is counted, and by which rule (its id and digest).

    ``instant``: the very moment, where it is known.
    """

    day: dt.date
    instant: dt.datetime | None
    zone: ZoneInfo
    rule_id: str
    rule_digest: str

    def due(self, term: Term) -> Due:
        """When a term that starts now ends."""
        return term.due(self.day, self.instant, self.zone)


@dataclass(eq=False)
class Deadline(Aggregate):
    """A day by which somebody must have answered (期限).

    ``subject_id``: the suggestion, suggested project, answer or handover that it is about.
    ``code``, ``begins``, ``amount``, ``unit``: the term, as the rule (``rule_id``, empty for the
    shipped one, ``rule_digest``) had it; a promise has none, its day was promised.  ``starts_on``,
    ``starts_at``: from when it was counted.  ``due_on``: the last day, ``due_at``: the last
    instant, where hours count; ``provisional`` until that year's working days are announced.
    ``extended_by``: who gave more time.  ``ended_on``: when it was met, or fell away.
    """

    id: str
    kind: str
    subject_id: str
    suggestion_id: str | None
    project_id: str | None
    unit_id: str | None
    code: str
    begins: str
    amount: int | None
    unit: str | None
    over_holidays: bool
    starts_on: dt.date
    starts_at: dt.datetime | None
    due_on: dt.date
    due_at: dt.datetime | None
    provisional: bool
    rule_id: str | None
    rule_digest: str | None
    recorded_at: dt.datetime
    extended_on: dt.date | None = None
    extension_reason: str | None = None
    ended_on: dt.date | None = None
    extended_by: str | None = None
    version: int = 0

    @classmethod
    def set(
        cls,
        kind: str,
        subject_id: str,
        term: Term,
        clock: Clock,
        *,
        whose: Whose,
        recorded_at: dt.datetime,
    ) -> Deadline:
        """A deadline by a term of a rule; records ``deadline.set.v1``."""
        due = clock.due(term)
        deadline = cls(
            id=new_id(),
            kind=kind,
            subject_id=subject_id,
            suggestion_id=whose.suggestion_id,
            project_id=whose.project_id,
            unit_id=whose.unit_id,
            code=term.code,
            begins=term.begins,
            amount=term.duration.amount,
            unit=term.duration.unit,
            over_holidays=term.over_holidays,
            starts_on=clock.day,
            starts_at=clock.instant,
            due_on=due.day,
            due_at=due.at,
            provisional=due.provisional,
            rule_id=clock.rule_id or None,
            rule_digest=clock.rule_digest,
            recorded_at=recorded_at,
        )
        deadline.record("deadline.set.v1")
        return deadline

    @classmethod
    def promised(
        cls,
        answer_id: str,
        due_on: dt.date,
        *,
        day: dt.date,
        whose: Whose,
        recorded_at: dt.datetime,
    ) -> Deadline:
        """The day by which an answer promises to have done it (B 类), when it is answered again."""
        deadline = cls(
            id=new_id(),
            kind=PROMISE,
            subject_id=answer_id,
            suggestion_id=whose.suggestion_id,
            project_id=whose.project_id,
            unit_id=whose.unit_id,
            code=PROMISE,
            begins=ANSWERED,
            amount=None,
            unit=None,
            over_holidays=False,
            starts_on=day,
            starts_at=None,
            due_on=due_on,
            due_at=None,
            provisional=False,
            rule_id=None,
            rule_digest=None,
            recorded_at=recorded_at,
        )
        deadline.record("deadline.set.v1")
        return deadline

    def is_open(self) -> bool:
        """Whether it still waits for somebody."""
        return self.ended_on is None

    def is_over(self, day: dt.date) -> bool:
        """Whether it is overdue on a day: its last day has passed and nothing ended it."""
        return self.is_open() and self.due_on < day

    def is_met_by(self, unit_id: str) -> bool:
        """Whether an answer of this unit meets it.

        The first answer may come from any unit; what one has promised, or must answer again, no
        other one does in its place.
        """
        return self.code == ANSWER or self.unit_id in (None, unit_id)

    def restart(self, term: Term, clock: Clock) -> bool:
        """Count it anew from a later step, such as the handover; whether that changed it.

        What is overdue already, or was extended, stays: no later step makes lateness undone.  Nor
        does a step that is taken again, or an earlier one, such as a second acceptance.
        """
        if self.is_over(clock.day) or self.extended_on is not None:
            return False
        if term.begins not in _STEPS[_STEPS.index(self.begins) + 1 :]:
            return False
        self.begins, self.starts_on, self.starts_at = term.begins, clock.day, clock.instant
        self._take(term)
        self.rule_id, self.rule_digest = clock.rule_id or None, clock.rule_digest
        self._move(clock.due(term), "restarted")
        return True

    def extend(self, term: Term, reason: str, *, by: str, day: dt.date, zone: ZoneInfo) -> None:
        """Give more time, once, before it has run out; counted from its own start."""
        if self.extended_on is not None:
            raise Conflict(
                "deadline-extended", "this has been extended already", "该期限已经延长过一次"
            )
        if self.is_over(day):
            raise Conflict(
                "deadline-passed",
                f"it was due on {self.due_on}; what is overdue cannot be extended",
                f"期限已于 {self.due_on} 届满,不能延长",
            )
        due = term.due(self.starts_on, self.starts_at, zone)
        if due.day <= self.due_on:
            raise Conflict(
                "extension-too-short",
                "the rule in force allows no later day than the present one",
                "现行规则不允许更晚的期限",
            )
        self._take(term)
        self.extended_on, self.extension_reason, self.extended_by = day, reason, by
        self._move(due, "extended")

    def recompute(self, zone: ZoneInfo) -> bool:
        """Count it again by what is known of working days now; whether anything changed."""
        if not self.provisional or self.amount is None or self.unit is None:
            return False
        again = Term(self.code, self.begins, Duration(self.amount, self.unit), self.over_holidays)
        due = again.due(self.starts_on, self.starts_at, zone)
        if (due.day, due.provisional) == (self.due_on, self.provisional):
            return False
        self._move(due, "recomputed")
        return True

    def end(self, day: dt.date) -> None:
        """It was met, or fell away; the first time counts."""
        self.ended_on = self.ended_on or day

    def _take(self, term: Term) -> None:
        self.amount, self.unit = term.duration.amount, term.duration.unit
        self.over_holidays = term.over_holidays

    def _move(self, due: Due, cause: str) -> None:
        before = self.due_on
        self.due_on, self.due_at, self.provisional = due.day, due.at, due.provisional
        self.record("deadline.moved.v1", cause=cause, was_due_on=before.isoformat())

    def public_state(self) -> dict[str, Any]:
        """For events."""
        return {
            "id": self.id,
            "kind": self.kind,
            "code": self.code,
            "suggestion_id": self.suggestion_id,
            "project_id": self.project_id,
            "unit_id": self.unit_id,
            "starts_on": self.starts_on.isoformat(),
            "due_on": self.due_on.isoformat(),
            "due_at": self.due_at.isoformat() if self.due_at else None,
            "provisional": self.provisional,
        }
