"""Deadlines: what must be done by when, by which rule."""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Self
from zoneinfo import ZoneInfo

from .aggregate import Aggregate, new_id
from .errors import Conflict
from .workdays import HOURS, Due, Duration

#: A term that extends another is counted from where that one was.
START = "start"
#: What an answer promised has a day that no rule sets, counted from the answer.
PROMISE, ANSWERED = "promise", "answered"


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
    content: Iterable[dict[str, Any]],
    code: str,
    begins: str,
    of: str | None = None,
    *,
    named: str = "authors",
) -> Term | None:
    """The first term of the rule for this occasion and kind of author; None: nothing is due.

    ``named``: where a term names the kinds that it is for (none named: all).
    """
    for one in content:
        suits = of is None or not one.get(named) or of in one[named]
        if (one["code"], one["from"]) == (code, begins) and suits:
            duration = Duration(one["amount"], one["unit"])
            return Term(code, begins, duration, one["over_holidays"])
    return None


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


@dataclass(eq=False, kw_only=True)
class Deadline(Aggregate):
    """A day by which somebody must have done something (期限).

    Each service has a subclass of its own, with the ids of what its deadlines belong to beside
    ``subject_id``, the thing that one is about; :attr:`steps`: what terms count from, in the order
    in which it happens.  ``unit_id``: the unit that must keep it, if one has it already.
    ``code``, ``begins``, ``amount``, ``unit``: the term, as the rule (``rule_id``, empty for the
    shipped one, ``rule_digest``) had it; a promise has none, its day was promised.  ``starts_on``,
    ``starts_at``: from when it was counted.  ``due_on``: the last day, ``due_at``: the last
    instant, where hours count; ``provisional`` until that year's working days are announced.
    ``extended_by``: who gave more time.  ``ended_on``: when it was met, or fell away.
    """

    steps: ClassVar[tuple[str, ...]] = ()

    id: str
    kind: str
    subject_id: str
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
        recorded_at: dt.datetime,
        **whose: Any,
    ) -> Self:
        """A deadline by a term of a rule; ``whose``: the ids; records ``deadline.set.v1``."""
        due = clock.due(term)
        deadline = cls(
            id=new_id(),
            kind=kind,
            subject_id=subject_id,
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
            **({"unit_id": None} | whose),
        )
        deadline.record("deadline.set.v1")
        return deadline

    @classmethod
    def promised(
        cls,
        subject_id: str,
        due_on: dt.date,
        *,
        day: dt.date,
        recorded_at: dt.datetime,
        **whose: Any,
    ) -> Self:
        """The day by which an answer promises to have done it (B 类), when it is answered again."""
        return cls.agreed(
            PROMISE,
            subject_id,
            due_on,
            code=PROMISE,
            begins=ANSWERED,
            day=day,
            recorded_at=recorded_at,
            **whose,
        )

    @classmethod
    def agreed(
        cls,
        kind: str,
        subject_id: str,
        due_on: dt.date,
        *,
        code: str,
        begins: str,
        day: dt.date,
        recorded_at: dt.datetime,
        **whose: Any,
    ) -> Self:
        """A day that was agreed on ``day`` and that no rule sets; records ``deadline.set.v1``."""
        deadline = cls(
            id=new_id(),
            kind=kind,
            subject_id=subject_id,
            code=code,
            begins=begins,
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
            **({"unit_id": None} | whose),
        )
        deadline.record("deadline.set.v1")
        return deadline

    def agree_again(self, due_on: dt.date) -> None:
        """Another day was agreed for what no rule sets."""
        if due_on != self.due_on:
            self._move(Due(due_on), "agreed")

    def is_open(self) -> bool:
        """Whether it still waits for somebody."""
        return self.ended_on is None

    def is_over(self, day: dt.date) -> bool:
        """Whether it is overdue on a day: its last day has passed and nothing ended it."""
        return self.is_open() and self.due_on < day

    def restart(self, term: Term, clock: Clock) -> bool:
        """Count it anew from a later step, such as the handover; whether that changed it.

        What is overdue already, or was extended, stays: no later step makes lateness undone.  Nor
        does a step that is taken again, or an earlier one, such as a second acceptance.
        """
        if self.is_over(clock.day) or self.extended_on is not None:
            return False
        if term.begins not in self.steps[self.steps.index(self.begins) + 1 :]:
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
        """For events; a subclass adds its own ids."""
        return {
            "id": self.id,
            "kind": self.kind,
            "code": self.code,
            "unit_id": self.unit_id,
            "starts_on": self.starts_on.isoformat(),
            "due_on": self.due_on.isoformat(),
            "due_at": self.due_at.isoformat() if self.due_at else None,
            "provisional": self.provisional,
        }
