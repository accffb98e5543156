"""Rounds of collection."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before
from services.commons.errors import Conflict, Invalid

STANDING, CONCENTRATED = KINDS = ("standing", "concentrated")


@dataclass(eq=False)
class Round(Aggregate):
    """A time in which suggestions for a year are collected (征集).

    ``kind``: ``standing`` all year (常态化征集) or ``concentrated`` (集中征集, e.g. the fourth
    quarter in Hangzhou).  Dates are inclusive.  ``dates``: those that it had before, ``{starts_on,
    ends_on, until, reason}``, oldest first; ``until`` is the day on which they were changed.
    """

    id: str
    year: int
    kind: str
    name: str
    starts_on: dt.date
    ends_on: dt.date
    recorded_at: dt.datetime
    dates: list[dict[str, Any]] | None = None
    version: int = 0

    @classmethod
    def open(cls, *, recorded_at: dt.datetime, **fields: Any) -> Round:
        """A new round; Invalid if it would end before it starts."""
        not_before(fields["ends_on"], fields["starts_on"], "/ends_on")
        opened = cls(new_id(), recorded_at=recorded_at, **fields)
        opened.record("round.opened.v1")
        return opened

    def move(self, starts_on: dt.date, ends_on: dt.date, reason: str, day: dt.date) -> None:
        """Give it other dates: longer, or closed early; the earlier ones stay on record."""
        not_before(ends_on, starts_on, "/ends_on")
        before = {
            "starts_on": self.starts_on.isoformat(),
            "ends_on": self.ends_on.isoformat(),
            "until": day.isoformat(),
            "reason": reason,
        }
        self.dates = [*(self.dates or []), before]
        self.starts_on, self.ends_on = starts_on, ends_on
        self.record("round.moved.v1")

    def admit(self, year: int, day: dt.date) -> None:
        """Raise Invalid for another year, Conflict if it is not open on that day."""
        if year != self.year:
            raise Invalid(
                "round-of-another-year",
                f"this round collects for {self.year}",
                f"该征集轮次为 {self.year} 年项目征集",
                [{"pointer": "/round_id", "detail": "is of another year"}],
            )
        if not self.starts_on <= day <= self.ends_on:
            raise Conflict(
                "round-closed",
                f"this round is open from {self.starts_on} to {self.ends_on}",
                f"该征集轮次的起止日期为 {self.starts_on} 至 {self.ends_on}",
                [{"pointer": "/round_id", "detail": "is not open on that day"}],
            )

    def distance(self, day: dt.date) -> dt.timedelta:
        """How far a day lies outside its dates; nothing within them."""
        return max(self.starts_on - day, day - self.ends_on, dt.timedelta())

    def beside(self, other: Round) -> None:
        """Raise Conflict if another of its kind and year collects on one of its days."""
        if other.starts_on <= self.ends_on and self.starts_on <= other.ends_on:
            raise Conflict(
                "round-overlaps",
                f"a {other.kind} round for {other.year} is open from {other.starts_on} to"
                f" {other.ends_on}; two of a kind may not be open on one day",
                f"{other.year} 年同类征集轮次的起止日期为 {other.starts_on} 至 {other.ends_on},"
                "同类轮次不得重叠",
                [{"pointer": "/starts_on", "detail": f"overlaps the round {other.id}"}],
            )

    def public_state(self) -> dict[str, Any]:
        """For events."""
        return {
            "id": self.id,
            "year": self.year,
            "kind": self.kind,
            "name": self.name,
            "starts_on": self.starts_on.isoformat(),
            "ends_on": self.ends_on.isoformat(),
        }


def none_open(rounds: Sequence[Round], day: dt.date) -> Conflict:
    """The error where a year's rounds, of which there are some, are all closed on a day."""
    nearest = min(rounds, key=lambda one: one.distance(day))
    return Conflict(
        "round-closed",
        f"no round for {nearest.year} is open on {day}; the nearest is open from"
        f" {nearest.starts_on} to {nearest.ends_on}",
        f"{day} 没有开放的 {nearest.year} 年征集轮次,最近的一轮为 {nearest.starts_on} 至"
        f" {nearest.ends_on}",
        [{"pointer": "/round_id", "detail": "no round is open on that day"}],
    )
