"""Rounds of collection."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before

KINDS = ("standing", "concentrated")


@dataclass(eq=False)
class Round(Aggregate):
    """A time in which suggestions for a year are collected (征集).

    ``kind``: ``standing`` all year (常态化征集) or ``concentrated`` (集中征集, e.g. the fourth
    quarter in Hangzhou).  Dates are inclusive.
    """

    id: str
    year: int
    kind: str
    name: str
    starts_on: dt.date
    ends_on: dt.date
    recorded_at: dt.datetime
    version: int = 0

    @classmethod
    def open(cls, *, recorded_at: dt.datetime, **fields: Any) -> Round:
        """A new round; Invalid if it would end before it starts."""
        not_before(fields["ends_on"], fields["starts_on"], "/ends_on")
        return cls(new_id(), recorded_at=recorded_at, **fields)

    def public_state(self) -> dict[str, Any]:
        """For events."""
        return {"id": self.id, "year": self.year, "kind": self.kind}
