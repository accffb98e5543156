"""Milestones of a plan: one row each through all versions, until it is reached or dropped."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.errors import Conflict

from .plan_content import PlanMilestone


@dataclass(eq=False)
class Milestone(Aggregate):
    """A milestone (节点) of a project, by its code in the plan.

    ``due_on``: as the latest version of the plan has it; ``dropped_on``: when a version left it
    out.  ``evidence``: what shows that it was reached.
    """

    id: str
    project_id: str
    code: str
    name: str
    sub_item_id: str | None
    due_on: dt.date
    happened_on: dt.date
    recorded_at: dt.datetime
    dropped_on: dt.date | None = None
    reached_on: dt.date | None = None
    reached_by: str | None = None
    evidence: str | None = None
    version: int = 0

    @classmethod
    def set(
        cls,
        planned: PlanMilestone,
        *,
        project_id: str,
        happened_on: dt.date,
        recorded_at: dt.datetime,
    ) -> Milestone:
        """The milestone that a plan sets for the first time."""
        return cls(
            new_id(),
            project_id,
            planned.code,
            planned.name,
            planned.sub_item_id,
            planned.due_on,
            happened_on,
            recorded_at,
        )

    def is_open(self) -> bool:
        """Whether it is to be reached still."""
        return self.reached_on is None and self.dropped_on is None

    def plan_anew(self, planned: PlanMilestone) -> None:
        """A later version of the plan has it, perhaps with another day, or again."""
        self.name, self.sub_item_id = planned.name, planned.sub_item_id
        self.due_on, self.dropped_on = planned.due_on, None

    def drop(self, day: dt.date) -> None:
        """A later version of the plan leaves it out."""
        self.dropped_on = day

    def reach(self, *, unit_id: str, evidence: str, happened_on: dt.date) -> None:
        """It was reached; Conflict if it was before, or is in the plan no more."""
        if self.reached_on is not None:
            raise Conflict(
                "milestone-reached", "this milestone was reached already", "该节点此前已完成"
            )
        if self.dropped_on is not None:
            raise Conflict(
                "milestone-dropped",
                "the plan in force has this milestone no more",
                "现行实施计划中已没有此节点",
            )
        self.reached_on, self.reached_by, self.evidence = happened_on, unit_id, evidence
        self.record("milestone.reached.v1")

    @property
    def reached_late(self) -> bool | None:
        """Whether it was reached after its day; None while it is not."""
        return None if self.reached_on is None else self.reached_on > self.due_on

    def public_state(self) -> dict[str, Any]:
        """For events: no text."""
        return {
            "id": self.id,
            "project_id": self.project_id,
            "code": self.code,
            "sub_item_id": self.sub_item_id,
            "due_on": self.due_on.isoformat(),
            "reached_on": self.reached_on.isoformat() if self.reached_on else None,
        }
