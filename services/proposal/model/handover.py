"""Handovers: which unit a suggested project was given to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before
from services.commons.errors import Conflict

LEAD, CO_HANDLING = ROLES = ("lead", "co-handling")
#: Kinds of unit to which a project may be given: the government's offices and districts.
HANDLERS = ("department", "district")


@dataclass(eq=False)
class Handover(Aggregate):
    """One unit that a suggested project was handed to (交办), as lead (主办) or beside it (协办).

    ``return_until``: the last day on which a wrong unit may give it back, if the rule has one.
    ``opinion``: what a co-handling unit told the lead.  ``ended_on``: when it was returned, or the
    lead was replaced.  ``returned_by``, ``opinion_by``: who acted for the unit.
    """

    id: str
    project_id: str
    unit_id: str
    role: str
    document_number: str | None
    happened_on: dt.date
    recorded_at: dt.datetime
    return_until: dt.date | None = None
    returned_on: dt.date | None = None
    return_reason: str | None = None
    opinion: str | None = None
    opinion_on: dt.date | None = None
    ended_on: dt.date | None = None
    returned_by: str | None = None
    opinion_by: str | None = None
    version: int = 0

    @classmethod
    def make(cls, **fields: Any) -> Handover:
        """A new handover; the project tells of it."""
        return cls(id=new_id(), **fields)

    def give_back(self, reason: str, day: dt.date, *, by: str) -> None:
        """Return it as not this unit's matter (退回); Conflict after its last day."""
        self._still_open()
        not_before(day, self.happened_on)
        if self.return_until is not None and day > self.return_until:
            raise Conflict(
                "return-too-late",
                f"it could be returned until {self.return_until}; now it must be answered",
                f"退回期限为 {self.return_until},逾期须由本单位办理",
            )
        self.returned_on, self.return_reason, self.ended_on = day, reason, day
        self.returned_by = by
        self.record("handover.returned.v1")

    def give_opinion(self, text: str, day: dt.date, *, by: str) -> None:
        """What a co-handling unit says to the lead (协办意见); once."""
        self._still_open()
        if self.role != CO_HANDLING or self.opinion_on is not None:
            raise Conflict(
                "opinion-not-asked",
                "an opinion is asked of a co-handling unit, once",
                "协办意见由协办单位提出,且只提一次",
            )
        self.opinion, self.opinion_on = text, not_before(day, self.happened_on)
        self.opinion_by = by
        self.record("handover.opinion-given.v1")

    def end(self, day: dt.date) -> None:
        """It fell away with the lead's return."""
        self.ended_on = self.ended_on or day

    def _still_open(self) -> None:
        if self.ended_on is not None:
            raise Conflict(
                "handover-ended", "this unit does not handle it any more", "该单位已不再承办"
            )

    def public_state(self) -> dict[str, Any]:
        """For events: no reason and no opinion, which are people's words."""
        return {
            "id": self.id,
            "project_id": self.project_id,
            "unit_id": self.unit_id,
            "role": self.role,
            "happened_on": self.happened_on.isoformat(),
            "returned_on": self.returned_on.isoformat() if self.returned_on else None,
            "opinion_on": self.opinion_on.isoformat() if self.opinion_on else None,
        }
