"""Candidate projects."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from services.commons.aggregate import Aggregate, new_id

#: What deputies look at before a session (必要性、可行性、财政保障能力).
CRITERIA = ("necessity", "feasibility", "fiscal-capacity")


@dataclass(eq=False)
class Candidate(Aggregate):
    """A project that the government puts forward for the vote (候选项目).

    ``sub_items`` (子项): ``{id, name, target, unit_of_measure}``; a target of None means as many
    as ask (愿接尽接).  ``total_yuan``, ``year_yuan``: whole yuan.  ``opinions``: what deputies
    said about its necessity, feasibility and fiscal capacity.
    """

    id: str
    year: int
    name: str
    description: str
    aspect: str
    lead_unit_id: str
    total_yuan: int
    year_yuan: int
    funding_source: str
    due_on: dt.date
    sub_items: list[dict[str, Any]]
    suggested_project_ids: list[str]
    happened_on: dt.date
    recorded_at: dt.datetime
    opinions: list[dict[str, Any]] = field(default_factory=list)
    version: int = 0

    @classmethod
    def propose(
        cls,
        *,
        budget: dict[str, Any],
        sub_items: list[dict[str, Any]],
        suggested_project_ids: list[str],
        recorded_at: dt.datetime,
        **fields: Any,
    ) -> Candidate:
        """A new candidate; its sub-items get ids of their own."""
        candidate = cls(
            id=new_id(),
            total_yuan=budget["total_yuan"],
            year_yuan=budget["year_yuan"],
            funding_source=budget["funding_source"],
            sub_items=[{"id": new_id(), **item} for item in sub_items],
            suggested_project_ids=sorted(set(suggested_project_ids)),
            recorded_at=recorded_at,
            **fields,
        )
        candidate.record("candidate.proposed.v1")
        return candidate

    def give_opinion(self, criterion: str, text: str, deputy_id: str | None, day: dt.date) -> None:
        """Note what a deputy thinks of one criterion (审议意见)."""
        opinion = {
            "id": new_id(),
            "criterion": criterion,
            "text": text,
            "deputy_id": deputy_id,
            "happened_on": day.isoformat(),
        }
        self.opinions = [*self.opinions, opinion]

    @property
    def budget(self) -> dict[str, Any]:
        """The budget as it was given."""
        return {
            "total_yuan": self.total_yuan,
            "year_yuan": self.year_yuan,
            "funding_source": self.funding_source,
        }

    def public_state(self) -> dict[str, Any]:
        """For events, and as one line of the shortlist."""
        return {
            "id": self.id,
            "year": self.year,
            "name": self.name,
            "description": self.description,
            "aspect": self.aspect,
            "lead_unit_id": self.lead_unit_id,
            "budget_yuan": self.total_yuan,
            "due_on": self.due_on.isoformat(),
            "sub_items": self.sub_items,
            "suggested_project_ids": self.suggested_project_ids,
        }
