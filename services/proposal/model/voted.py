"""What this service heard of the vote."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate


@dataclass(eq=False)
class VotedSubItem(Aggregate):
    """A copy: a sub-item of a project that the congress chose, heard from the certified result."""

    id: str
    project_id: str
    project_name: str
    name: str
    year: int
    certified_on: dt.date
    version: int = 0

    def public_state(self) -> dict[str, Any]:
        """Never published: it is a copy."""
        return {"id": self.id}
