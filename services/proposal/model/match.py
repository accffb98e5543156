"""Judgements of which voted sub-item a suggestion matches."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id


@dataclass(eq=False)
class Match(Aggregate):
    """One judgement of which voted sub-item a suggestion matches (相吻合), none: no such one.

    The suggestion holds the newest; every earlier one stays here.
    """

    id: str
    suggestion_id: str
    sub_item_id: str | None
    matched_on: dt.date
    matched_by: str
    recorded_at: dt.datetime
    version: int = 0

    @classmethod
    def judge(cls, **fields: Any) -> Match:
        """A new judgement; the suggestion tells of it."""
        return cls(id=new_id(), **fields)

    def public_state(self) -> dict[str, Any]:
        """Never published by itself."""
        return {"id": self.id}
