"""Follow-ups: what the author of a suggestion is told of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id

#: What may happen to a suggestion, or to a project behind which it stands.
OCCASIONS = (
    "accepted",
    "returned",
    "distilled",
    "handed-over",
    "answered",
    "matched",
    "proposed",
    "returned-to-pool",
    "shortlisted",
    "chosen",
    "not-chosen",
    "progressed",
    "completed",
    "looked-back",
    "scored",
)

#: Of which every author is told; of the others only those whose suggestion is accepted.
SORTING = ("accepted", "returned")


@dataclass(eq=False)
class FollowUp(Aggregate):
    """That a suggestion reached a milestone of the rule ``milestones``; told once (告知).

    ``about_id``: the project, candidate, answer or other thing by which it did.  ``project_id``:
    the candidate (its project has the same id), where there is one.  ``reason``: a code: why a
    candidate was chosen or not, what result an answer has.  ``votes``: what the congress counted.
    ``to_author``: whether an author who is no deputy left a contact, by which she is told.
    """

    id: str
    suggestion_id: str
    milestone: str
    about_id: str
    project_id: str | None
    reason: str | None
    votes: dict[str, int] | None
    deputy_ids: list[str]
    to_author: bool
    happened_on: dt.date
    recorded_at: dt.datetime
    version: int = 0

    @classmethod
    def tell(cls, **fields: Any) -> FollowUp:
        """A new follow-up; records ``suggestion.followed-up.v1``, by which messages are sent."""
        made = cls(id=new_id(), **fields)
        made.record("suggestion.followed-up.v1")
        return made

    def public_state(self) -> dict[str, Any]:
        """For events: never words, an address or a pseudonym."""
        return {
            "id": self.id,
            "suggestion_id": self.suggestion_id,
            "milestone": self.milestone,
            "about_id": self.about_id,
            "project_id": self.project_id,
            "reason": self.reason,
            "votes": self.votes,
            "recipients": {"deputy_ids": self.deputy_ids, "author": self.to_author},
            "happened_on": self.happened_on.isoformat(),
        }
