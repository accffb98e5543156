"""Which unit a matter was given to, by which rule, and what became of that."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before
from services.commons.errors import Conflict

from .matter import Matter, iso

LEAD, CO_HANDLING = ROLES = ("lead", "co-handling")
#: Why this unit: the project's lead unit, a person's choice; else ``rule:2``, ``task:TASK-CODE``.
BY_LEAD, BY_HAND = "lead", "hand"


@dataclass(eq=False, kw_only=True)
class Routing(Aggregate):
    """One unit that a matter was given to (转办、交办), as lead (主办) or beside it (协办).

    ``basis``: why this unit.  ``return_until``: the last day on which a wrong unit may give it
    back, if the rule has one.  ``opinion``: what a co-handling unit told the lead.  ``ended_on``:
    when it was returned, or another took its place.
    """

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

    def give_back(self, reason: str, day: dt.date, *, by: str) -> None:
        """Return it as not this unit's matter (退回); Conflict after its last day."""
        self._still_open()
        not_before(day, self.happened_on)
        if self.return_until is not None and day > self.return_until:
            raise Conflict(
                "return-too-late",
                f"it could be returned until {self.return_until}; now it must be dealt with",
                f"退回期限为 {self.return_until},逾期须由本单位办理",
            )
        self.returned_on, self.return_reason, self.ended_on = day, reason, day
        self.returned_by = by
        self.record("routing.returned.v1")

    def give_opinion(self, text: str, day: dt.date, *, by: str) -> None:
        """What a co-handling unit says to the lead (协办意见); once."""
        self._still_open()
        if self.role != CO_HANDLING or self.opinion_on is not None:
            raise Conflict(
                "opinion-not-asked",
                "an opinion is asked of a co-handling unit, once",
                "协办意见由协办单位提出,且只提一次",
            )
        self.opinion, self.opinion_on = text, not_before(day, self.happened_on)
        self.opinion_by = by
        self.record("routing.opinion-given.v1")

    def end(self, day: dt.date) -> None:
        """Another took its place."""
        self.ended_on = self.ended_on or day

    def _still_open(self) -> None:
        if self.ended_on is not None:
            raise Conflict(
                "routing-ended", "this unit does not handle it any more", "该单位已不再承办"
            )

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
