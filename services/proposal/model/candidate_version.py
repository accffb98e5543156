"""Former versions of candidates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id

from .difference import differences


@dataclass(eq=False)
class CandidateVersion(Aggregate):
    """How a candidate read before a revision took its place.

    ``number``: from 1; ``content``: its plan; ``reason``, ``replaced_by``, ``replaced_on``: why,
    by whom and when the next one came.
    """

    id: str
    candidate_id: str
    number: int
    content: dict[str, Any]
    reason: str
    replaced_by: str
    replaced_on: dt.date
    recorded_at: dt.datetime
    version: int = 0

    @classmethod
    def keep(
        cls,
        candidate_id: str,
        number: int,
        content: dict[str, Any],
        *,
        reason: str,
        by: str,
        day: dt.date,
        recorded_at: dt.datetime,
    ) -> CandidateVersion:
        """The version that a revision replaces."""
        return cls(new_id(), candidate_id, number, content, reason, by, day, recorded_at)

    def public_state(self) -> dict[str, Any]:
        """Never published: the candidate's own event says what changed."""
        return {"id": self.id}


def history(
    former: Sequence[CandidateVersion], content: dict[str, Any], proposed_on: dt.date
) -> list[dict[str, Any]]:
    """Every version from the first to the present one, each with what it changed and why."""
    found: list[dict[str, Any]] = []
    for number, each in enumerate([*(one.content for one in former), content], 1):
        cause = former[number - 2] if number > 1 else None
        before = found[-1]["content"] if found else each
        found.append(
            {
                "number": number,
                "happened_on": cause.replaced_on if cause else proposed_on,
                "reason": cause.reason if cause else None,
                "content": each,
                **differences(before, each),
            }
        )
    return found
