"""What a meeting decided, followed up until it is done."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before
from services.commons.errors import Conflict, Invalid

OPEN, DONE, DROPPED = STATES = ("open", "done", "dropped")


@dataclass(eq=False)
class Decision(Aggregate):
    """One decision of a meeting (议定事项), for a unit or a supervision group to carry out.

    ``outcome``: what was done, or why it was dropped.
    """

    id: str
    meeting_id: str
    project_id: str | None
    text: str
    unit_id: str | None
    group_id: str | None
    due_on: dt.date | None
    happened_on: dt.date
    recorded_at: dt.datetime
    state: str = OPEN
    ended_on: dt.date | None = None
    outcome: str | None = None
    version: int = 0

    @classmethod
    def take(
        cls,
        meeting_id: str,
        *,
        project_id: str | None,
        text: str,
        unit_id: str | None,
        group_id: str | None,
        due_on: dt.date | None,
        happened_on: dt.date,
        recorded_at: dt.datetime,
    ) -> Decision:
        """Record what was decided; Invalid unless a unit or a group, and one alone, does it."""
        if (unit_id is None) == (group_id is None):
            raise Invalid(
                "decision-whose",
                "a decision is for one unit or one group",
                "议定事项由一个单位或者一个小组落实",
                [{"pointer": "/unit_id", "detail": "either this or group_id"}],
            )
        if due_on is not None:
            not_before(due_on, happened_on, "/due_on")
        return cls(
            new_id(),
            meeting_id,
            project_id,
            text,
            unit_id,
            group_id,
            due_on,
            happened_on,
            recorded_at,
        )

    def end(self, state: str, outcome: str, day: dt.date) -> None:
        """It was done, or dropped with a reason; Conflict the second time."""
        if self.state != OPEN:
            raise Conflict("decision-ended", "this is settled already", "该议定事项已办结")
        self.ended_on = not_before(day, self.happened_on)
        self.state, self.outcome = state, outcome
