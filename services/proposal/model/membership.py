"""Which suggestions stand behind a suggested project, and since when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id


@dataclass(eq=False)
class Membership(Aggregate):
    """A suggestion in a suggested project; one that was taken out keeps its row, with why."""

    id: str
    project_id: str
    suggestion_id: str
    added_on: dt.date
    added_by: str | None
    added_because: str | None
    removed_on: dt.date | None = None
    removed_by: str | None = None
    removed_because: str | None = None
    version: int = 0

    @classmethod
    def begin(
        cls,
        project_id: str,
        suggestion_id: str,
        *,
        day: dt.date,
        by: str,
        because: str | None = None,
    ) -> Membership:
        """A suggestion joins; the project tells of it."""
        return cls(new_id(), project_id, suggestion_id, day, by, because)

    def remove(self, *, day: dt.date, by: str, because: str) -> None:
        """It leaves the project; its text, author, answer and deadline stay its own."""
        self.removed_on, self.removed_by, self.removed_because = day, by, because

    def public_state(self) -> dict[str, Any]:
        """Never published by itself."""
        return {"id": self.id}
