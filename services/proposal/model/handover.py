"""Handovers: which unit a suggested project was given to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, ClassVar

from services.commons.aggregate import new_id
from services.commons.handover import HandedOver

#: Kinds of unit to which a project may be given: the government's offices and districts.
HANDLERS = ("department", "district")


@dataclass(eq=False)
class Handover(HandedOver):
    """One unit that a suggested project was handed to."""

    returned_event: ClassVar[str] = "handover.returned.v1"
    opinion_event: ClassVar[str] = "handover.opinion-given.v1"

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
