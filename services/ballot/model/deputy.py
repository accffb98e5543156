"""The register of deputies (人大代表): who may sign in, vote, and be counted in a whole roll."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.errors import Invalid


class Level(StrEnum):
    """Whether a congress is a city's or a district's (区、县、市)."""

    CITY = "city"
    DISTRICT = "district"


@dataclass(eq=False, kw_only=True)
class Mandate:
    """A seat in one congress: its division code (GB/T 2260), level, and delegation (代表团)."""

    congress: str
    level: str
    delegation: str


@dataclass(eq=False, kw_only=True)
class Deputy(Aggregate):
    """One person with her mandates.

    Whoever sits in the congresses of both levels is one deputy with two mandates, never two, so
    that people can be counted.
    """

    id: str
    name: str
    mandates: list[Mandate]
    enrolled_on: dt.date
    recorded_at: dt.datetime
    version: int = 0

    @classmethod
    def enrol(
        cls,
        *,
        name: str,
        mandates: Iterable[dict[str, str]],
        enrolled_on: dt.date,
        recorded_at: dt.datetime,
    ) -> Deputy:
        """A deputy with at least one mandate, at most one in each congress; raises Invalid."""
        given = [Mandate(**mandate) for mandate in mandates]
        # In one order, as they will be read again.
        seats = sorted(given, key=lambda mandate: mandate.congress)
        congresses = {seat.congress for seat in seats}
        if not seats or len(congresses) < len(seats):
            raise Invalid(
                "mandates-invalid",
                "a deputy has at least one mandate, and at most one in each congress",
                "代表至少有一个代表职务,且在同一级同一人大只有一个",
                errors=[{"pointer": "/mandates", "detail": "每个人大一项,至少一项"}],
            )
        deputy = cls(
            id=new_id(),
            name=name,
            mandates=seats,
            enrolled_on=enrolled_on,
            recorded_at=recorded_at,
        )
        deputy.record("deputy.enrolled.v1")
        return deputy

    def sits_in(self, congress: str) -> bool:
        """Whether she has a mandate in that congress."""
        return any(mandate.congress == congress for mandate in self.mandates)

    def public_state(self) -> dict[str, Any]:
        """Everything but her name."""
        return {
            "id": self.id,
            "mandates": [_as_data(mandate) for mandate in self.mandates],
            "enrolled_on": self.enrolled_on.isoformat(),
        }


def _as_data(mandate: Mandate) -> dict[str, str]:
    names = ("congress", "level", "delegation")
    return {name: getattr(mandate, name) for name in names}
