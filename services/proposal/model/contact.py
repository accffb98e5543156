"""How to reach the author of a suggestion: sealed, apart from what she says."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id

#: What a contact may hold.
PARTS = ("name", "phone", "email", "address")


@dataclass(eq=False)
class Contact(Aggregate):
    """Name, telephone, e-mail, address, as a sealed text that only the service's keys open."""

    suggestion_id: str
    sealed: bytes
    recorded_at: dt.datetime
    version: int = 0

    def public_state(self) -> dict[str, Any]:
        """Never published."""
        return {}


@dataclass(eq=False)
class ContactReading(Aggregate):
    """Who read a contact, when, and why; it outlives the contact.

    ``read_by``: the subject of the staff, ``author`` for the author herself.
    """

    id: str
    suggestion_id: str
    read_by: str
    reason: str
    read_at: dt.datetime
    version: int = 0

    @classmethod
    def note(
        cls, suggestion_id: str, read_by: str, reason: str, now: dt.datetime
    ) -> ContactReading:
        """A new reading."""
        return cls(new_id(), suggestion_id, read_by, reason, now)

    def public_state(self) -> dict[str, Any]:
        """Never published."""
        return {"id": self.id}
