"""What this service knows of a shortlist (候选项目名单) that proposal published: a copy."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any


@dataclass(eq=False, kw_only=True)
class HeardShortlist:
    """An adopted shortlist; a copy takes only a higher ``version``.

    ``candidates``: as in the event, each ``{"id", "name", "description", "aspect",
    "lead_unit_id", "budget_yuan", "due_on", "sub_items", "suggested_project_ids"}``.
    """

    id: str
    year: int
    adopted_on: dt.date
    candidates: list[dict[str, Any]]
    version: int

    @property
    def candidate_ids(self) -> list[str]:
        """The candidates' ids in the order of the list."""
        return [candidate["id"] for candidate in self.candidates]
