"""The register of units."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.commons import credit_code
from services.commons.aggregate import Aggregate, new_id

KINDS = ("department", "district", "company", "congress-organ")


@dataclass(eq=False)
class Unit(Aggregate):
    """A body that leads, implements, declares or supervises (单位): a department, a company.

    ``credit_code``: unified social credit code (GB 32100-2015), as given.
    """

    id: str
    name: str
    kind: str
    credit_code: str | None
    recorded_at: dt.datetime
    version: int = 0

    @classmethod
    def register(
        cls, name: str, kind: str, credit_code: str | None, recorded_at: dt.datetime
    ) -> Unit:
        """A new unit; records ``unit.registered.v1``."""
        unit = cls(new_id(), name, kind, credit_code, recorded_at)
        unit.record("unit.registered.v1")
        return unit

    @property
    def warnings(self) -> list[dict[str, str]]:
        """What is doubtful about it, and kept all the same."""
        return credit_code.warnings(self.credit_code)

    def public_state(self) -> dict[str, Any]:
        """For events."""
        return {"id": self.id, "name": self.name, "kind": self.kind}
