"""Suggested projects."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.errors import Conflict

from .suggestion import ACCEPTED, Suggestion


@dataclass(eq=False)
class SuggestedProject(Aggregate):
    """What was distilled from several suggestions (建议项目).

    Many to many: a suggestion may flow into several projects, and nothing is ever merged away.
    """

    id: str
    year: int
    title: str
    aspect: str
    text: str
    suggestion_ids: list[str]
    happened_on: dt.date
    recorded_at: dt.datetime
    version: int = 0

    @classmethod
    def distil(
        cls,
        suggestions: Sequence[Suggestion],
        *,
        year: int,
        title: str,
        aspect: str,
        text: str,
        happened_on: dt.date,
        recorded_at: dt.datetime,
    ) -> SuggestedProject:
        """A new suggested project; Conflict if a suggestion has not been accepted."""
        if any(one.state != ACCEPTED for one in suggestions):
            raise Conflict(
                "suggestion-not-accepted",
                "a project is distilled from accepted suggestions only",
                "建议项目只能由已采纳梳理的建议凝练而成",
            )
        project = cls(
            id=new_id(),
            year=year,
            title=title,
            aspect=aspect,
            text=text,
            suggestion_ids=sorted({one.id for one in suggestions}),
            happened_on=happened_on,
            recorded_at=recorded_at,
        )
        project.record("suggested-project.distilled.v1")
        return project

    def public_state(self) -> dict[str, Any]:
        """For events."""
        return {
            "id": self.id,
            "year": self.year,
            "title": self.title,
            "aspect": self.aspect,
            "suggestion_ids": self.suggestion_ids,
            "happened_on": self.happened_on.isoformat(),
        }
