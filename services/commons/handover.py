"""What was handed to a unit, as the lead or beside it: returned in time, or opined on."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from .aggregate import Aggregate
from .clock import not_before
from .errors import Conflict

LEAD, CO_HANDLING = ROLES = ("lead", "co-handling")


class HandedOver(Aggregate):
    """Base of what one unit was given (交办), as lead (主办) or beside it (协办).

    A subclass is a dataclass and declares the fields.  ``return_until``: the last day on which a
    wrong unit may give it back, if the rule has one.  ``opinion``: what a co-handling unit told the
    lead.  ``ended_on``: when it was returned, or another took its place.  ``returned_by``,
    ``opinion_by``: who acted for the unit.  ``returned_event``, ``opinion_event``: what it records.
    """

    returned_event: ClassVar[str]
    opinion_event: ClassVar[str]

    unit_id: str
    role: str
    happened_on: dt.date
    return_until: dt.date | None
    returned_on: dt.date | None
    return_reason: str | None
    returned_by: str | None
    opinion: str | None
    opinion_on: dt.date | None
    opinion_by: str | None
    ended_on: dt.date | None

    def give_back(self, reason: str, day: dt.date, *, by: str) -> None:
        """Return it as not this unit's matter (退回); Conflict after its last day."""
        self._still_open()
        not_before(day, self.happened_on)
        if self.return_until is not None and day > self.return_until:
            raise Conflict(
                "return-too-late",
                f"it could be returned until {self.return_until}; now it must be dealt with",
                f"退回期限为 {self.return_until},逾期须由本单位办理",
            )
        self.returned_on, self.return_reason, self.ended_on = day, reason, day
        self.returned_by = by
        self.record(self.returned_event)

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
        self.record(self.opinion_event)

    def end(self, day: dt.date) -> None:
        """Another took its place, or it fell away with the lead's return."""
        self.ended_on = self.ended_on or day

    def _still_open(self) -> None:
        if self.ended_on is not None:
            raise Conflict(
                "handover-ended", "this unit does not handle it any more", "该单位已不再承办"
            )
