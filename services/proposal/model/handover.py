"""Handovers: which unit a suggested project was given to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, ClassVar

from services.commons.aggregate import new_id
from services.commons.handing import Handing

#: Kinds of unit to which a project may be given: the government's offices and districts.
HANDLERS = ("department", "district")


@dataclass(eq=False)
class Handover(Handing):
    """One unit that a suggested project was handed to (交办), as lead or beside it (主办、协办)."""

    ENDED: ClassVar[str] = "handover-ended"

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
        super().give_back(reason, day, by=by)
        self.record("handover.returned.v1")

    def give_opinion(self, text: str, day: dt.date, *, by: str) -> None:
        """What a co-handling unit says to the lead (协办意见); once."""
        super().give_opinion(text, day, by=by)
        self.record("handover.opinion-given.v1")

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
