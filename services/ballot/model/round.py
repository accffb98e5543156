"""One round of voting: the first, a run-off among the tied, or a re-vote for open seats."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from .count import Count
from .outcome import Kind, Voted


@dataclass(eq=False, kw_only=True)
class Round:
    """A round on ``candidate_ids`` for ``seats``, held on the day ``opened_on``.

    ``present``: deputies signed in on that day, as known at its opening and again at its count.
    ``count``: the written form of a count, entered by one scrutineer and confirmed by another.
    ``medium``: how it votes; ``papers``: the count of the papers beside an electronic vote;
    ``void_because``: why it does not count and was held again.
    """

    number: int
    kind: str
    candidate_ids: list[str]
    seats: int
    opened_on: dt.date
    present: int
    opened_by: str | None = None
    count: dict[str, Any] | None = None
    entered_by: str | None = None
    entered_on: dt.date | None = None
    confirmed_by: str | None = None
    confirmed_on: dt.date | None = None
    medium: str = "paper"
    papers: dict[str, Any] | None = None
    void_because: str | None = None

    @property
    def is_confirmed(self) -> bool:
        """Whether its count decides."""
        return self.confirmed_on is not None and self.count is not None and not self.void_because

    @property
    def voted(self) -> Voted:
        """What the outcome is computed from; only of a counted round."""
        if self.count is None:
            raise ValueError("this round has no count")
        return Voted(Kind(self.kind), self.present, Count.from_data(self.count), self.number)
