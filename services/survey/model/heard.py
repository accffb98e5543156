"""What this service knows from the events of others: copies, kept up to date by version.

A copy takes only a higher ``version``, because events may be applied out of order.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any


@dataclass(eq=False)
class HeardProject:
    """A livelihood project that supervision adopted; ``sub_items``: ``{"id", "name"}`` in order.

    ``lead_unit_id``, ``aspect``: None in a copy that was made before they were read.
    """

    id: str
    year: int
    name: str
    sub_items: list[dict[str, Any]]
    version: int
    lead_unit_id: str | None = None
    aspect: str | None = None


@dataclass(eq=False)
class HeardLookBack:
    """A look-back (回头看) at a project of an earlier year; ``effective``: it still serves.

    ``project_id``, ``lead_unit_id``, ``aspect``: of a project that supervision keeps;
    ``sub_items``: ``{"sub_item_id", "working"}`` where it looked at each.
    """

    id: str
    project_name: str
    project_year: int
    effective: bool
    happened_on: dt.date
    version: int
    project_id: str | None = None
    lead_unit_id: str | None = None
    aspect: str | None = None
    sub_items: list[dict[str, Any]] | None = None

    def bears_on(self, year: int, on: dt.date) -> bool:
        """Whether the deputies who judge ``year`` on that day should know of it (测评依据)."""
        return self.happened_on.year == year and self.happened_on <= on

    def finding(self) -> dict[str, Any]:
        """What they are told, as data."""
        return {
            "project_name": self.project_name,
            "project_year": self.project_year,
            "effective": self.effective,
            "happened_on": self.happened_on.isoformat(),
        }


@dataclass(eq=False)
class HeardDeputy:
    """A deputy of ballot's register, without her name.

    ``congresses``: the division codes (GB/T 2260) of the congresses that she has a mandate in;
    ``delegations``: by such a code her delegation (代表团), None in a copy made before it was read.
    """

    id: str
    congresses: list[str]
    enrolled_on: dt.date
    version: int
    delegations: dict[str, str] | None = None

    def belongs_to(self, congress: str, on: dt.date) -> bool:
        """Whether she was a deputy of ``congress`` on that day."""
        return congress in self.congresses and self.enrolled_on <= on

    def delegation_in(self, congress: str) -> str | None:
        """Her delegation there, if it is known."""
        return (self.delegations or {}).get(congress)


@dataclass(eq=False)
class HeardScore:
    """A score that another deployment published; ``source``: it and its service.

    ``content``: what is compared of it, as its event told it.
    """

    id: str
    source: str
    congress: str
    year: int
    content: dict[str, Any]
    version: int
