"""A light that a person sets instead of the rule's, for a time and with a reason."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before
from services.commons.errors import Conflict


@dataclass(eq=False)
class LightOverride(Aggregate):
    """A light set by hand (人工调整): from ``happened_on`` to ``until``, unless lifted before.

    ``code``, ``name``, ``colour``: a light of the rule in force then.  ``decided_by``: the office.
    """

    id: str
    project_id: str
    code: str
    name: str
    colour: str
    reason: str
    decided_by: str
    until: dt.date
    happened_on: dt.date
    recorded_at: dt.datetime
    lifted_on: dt.date | None = None
    lift_reason: str | None = None
    version: int = 0

    @classmethod
    def set(
        cls,
        *,
        until: dt.date,
        happened_on: dt.date,
        recorded_at: dt.datetime,
        **fields: Any,
    ) -> LightOverride:
        """Set a light; ``until`` is its last day."""
        made = cls(
            id=new_id(),
            until=not_before(until, happened_on, "/until"),
            happened_on=happened_on,
            recorded_at=recorded_at,
            **fields,
        )
        made.record("light.overridden.v1")
        return made

    def holds(self, on: dt.date) -> bool:
        """Whether it is the project's light on a day."""
        lifted = self.lifted_on is not None and self.lifted_on <= on
        return self.happened_on <= on <= self.until and not lifted

    def overlaps(self, first: dt.date, last: dt.date) -> bool:
        """Whether it is the project's light on any day from the first to the last."""
        if self.lifted_on is not None and self.lifted_on <= max(first, self.happened_on):
            return False
        return self.happened_on <= last and first <= self.until

    def lift(self, *, reason: str, happened_on: dt.date) -> None:
        """Let the rule decide again from that day on; Conflict when it does already."""
        if self.lifted_on is not None or happened_on > self.until:
            raise Conflict("override-over", "this override holds no more", "该人工调整已经失效")
        self.lifted_on = not_before(happened_on, self.happened_on)
        self.lift_reason = reason
        self.record("light.override-lifted.v1")

    def public_state(self) -> dict[str, Any]:
        """For events: no reason's text."""
        return {
            "id": self.id,
            "project_id": self.project_id,
            "code": self.code,
            "colour": self.colour,
            "happened_on": self.happened_on.isoformat(),
            "until": self.until.isoformat(),
            "lifted_on": self.lifted_on.isoformat() if self.lifted_on else None,
        }
