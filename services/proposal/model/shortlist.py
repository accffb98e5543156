"""Shortlists: the candidates that go to the vote."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before
from services.commons.errors import Conflict, Invalid

from .candidate import Candidate


@dataclass(eq=False)
class Shortlist(Aggregate):
    """The candidates of a year, put before the standing committee and then the congress.

    The standing committee must have deliberated on it first (Zhejiang, 讨论决定重大事项的规定,
    art. 4); ``adopted_by`` names that body.  From its adoption on nothing of it changes:
    ``candidates`` holds each as it was then.
    """

    id: str
    year: int
    candidate_ids: list[str]
    happened_on: dt.date
    recorded_at: dt.datetime
    candidates: list[dict[str, Any]] | None = None
    adopted_by: str | None = None
    adopted_on: dt.date | None = None
    version: int = 0

    @classmethod
    def draw_up(
        cls, candidates: Sequence[Candidate], *, year: int, day: dt.date, recorded_at: dt.datetime
    ) -> Shortlist:
        """A new shortlist; Invalid if a candidate belongs to another year."""
        if any(one.year != year for one in candidates):
            raise Invalid(
                "candidate-of-another-year",
                f"every candidate of this shortlist must be one for {year}",
                f"候选项目必须都属于 {year} 年",
                [{"pointer": "/candidate_ids", "detail": "holds one of another year"}],
            )
        return cls(new_id(), year, [one.id for one in candidates], day, recorded_at)

    def adopt(self, candidates: Sequence[Candidate], by: str, day: dt.date) -> None:
        """Freeze it as it stands; records ``shortlist.adopted.v1``.  Conflict the second time."""
        if self.adopted_on is not None:
            raise Conflict(
                "shortlist-adopted",
                "this shortlist has been adopted already",
                "该候选项目清单已通过",
            )
        not_before(day, self.happened_on)
        by_id = {one.id: one for one in candidates}
        self.candidates = [by_id[id_].public_state() for id_ in self.candidate_ids]
        self.adopted_by, self.adopted_on = by, day
        self.record("shortlist.adopted.v1")

    def public_state(self) -> dict[str, Any]:
        """For events."""
        return {
            "id": self.id,
            "year": self.year,
            "adopted_on": self.adopted_on.isoformat() if self.adopted_on else None,
            "candidates": self.candidates or [],
        }
