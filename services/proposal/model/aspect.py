"""Aspects."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id


@dataclass(eq=False)
class Aspect(Aggregate):
    """A field of life that suggestions are sorted by (方面), e.g. ``elderly-care`` 养老.

    The list is data; a year's report counts the aspects that its suggestions cover.
    """

    id: str
    code: str
    name: str
    recorded_at: dt.datetime
    version: int = 0

    @classmethod
    def define(cls, code: str, name: str, recorded_at: dt.datetime) -> Aspect:
        """A new aspect."""
        return cls(new_id(), code, name, recorded_at)

    def public_state(self) -> dict[str, Any]:
        """For events."""
        return {"id": self.id, "code": self.code, "name": self.name}
