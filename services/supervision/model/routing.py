"""Which unit a matter was given to, by which rule, and what became of that."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, ClassVar

from services.commons.aggregate import new_id
from services.commons.clock import not_before
from services.commons.handover import HandedOver

from .matter import Matter, iso

#: Why this unit: the project's lead unit, a person's choice; else ``rule:2``, ``task:TASK-CODE``.
BY_LEAD, BY_HAND = "lead", "hand"


@dataclass(eq=False, kw_only=True)
class Routing(HandedOver):
    """One unit that a matter was given to (转办、交办), as lead (主办) or beside it (协办).

    ``basis``: why this unit.
    """

    returned_event: ClassVar[str] = "routing.returned.v1"
    opinion_event: ClassVar[str] = "routing.opinion-given.v1"

    id: str
    register: str
    matter_id: str
    project_id: str
    unit_id: str
    role: str
    basis: str
    reason: str | None
    routed_by: str | None
    happened_on: dt.date
    recorded_at: dt.datetime
    rule_id: str | None = None
    rule_digest: str | None = None
    return_until: dt.date | None = None
    accepted_on: dt.date | None = None
    accepted_by: str | None = None
    returned_on: dt.date | None = None
    return_reason: str | None = None
    returned_by: str | None = None
    opinion: str | None = None
    opinion_on: dt.date | None = None
    opinion_by: str | None = None
    ended_on: dt.date | None = None
    version: int = 0

    @classmethod
    def make(cls, matter: Matter, unit_id: str, role: str, **more: Any) -> Routing:
        """A new routing; records ``routing.made.v1``."""
        routing = cls(
            id=new_id(),
            register=matter.register,
            matter_id=matter.id,
            project_id=matter.project_id,
            unit_id=unit_id,
            role=role,
            **more,
        )
        routing.record("routing.made.v1")
        return routing

    def accept(self, day: dt.date, *, by: str) -> None:
        """The unit takes it as its own (接办); the first time counts."""
        self._still_open()
        if self.accepted_on is None:
            self.accepted_on, self.accepted_by = not_before(day, self.happened_on), by
            self.record("routing.accepted.v1")

    def public_state(self) -> dict[str, Any]:
        """For events: no reason and no opinion, which are people's words."""
        return {
            "id": self.id,
            "register": self.register,
            "matter_id": self.matter_id,
            "project_id": self.project_id,
            "unit_id": self.unit_id,
            "role": self.role,
            "basis": self.basis,
            "happened_on": self.happened_on.isoformat(),
            "accepted_on": iso(self.accepted_on),
            "returned_on": iso(self.returned_on),
            "opinion_on": iso(self.opinion_on),
        }
