"""Suggested projects."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before
from services.commons.errors import Conflict

from .deadline import Deadline
from .handover import Handover
from .suggestion import ACCEPTED, Suggestion


@dataclass(eq=False)
class SuggestedProject(Aggregate):
    """What was distilled from several suggestions (建议项目).

    Many to many: a suggestion may flow into several projects, and nothing is ever merged away:
    every member keeps its own text, author, deadline and answer.  ``unit_id``: the unit that leads
    (主办), ``co_handling_unit_ids``: those beside it (协办), once it is handed over.
    ``answer_due_on``: when that unit must have answered.
    """

    id: str
    year: int
    title: str
    aspect: str
    text: str
    suggestion_ids: list[str]
    happened_on: dt.date
    recorded_at: dt.datetime
    unit_id: str | None = None
    co_handling_unit_ids: list[str] | None = None
    document_number: str | None = None
    handed_over_on: dt.date | None = None
    answer_due_on: dt.date | None = None
    answer_due_provisional: bool = False
    answered_on: dt.date | None = None
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
        _all_accepted(suggestions)
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

    def add_members(self, suggestions: Sequence[Suggestion], day: dt.date) -> None:
        """Take more suggestions in; Conflict if one is in it already or was not accepted."""
        _all_accepted(suggestions)
        not_before(day, self.happened_on)
        added = [one.id for one in suggestions]
        if set(added) & set(self.suggestion_ids):
            raise Conflict(
                "member-already", "one of them is in this project already", "其中有建议已在该项目中"
            )
        self.suggestion_ids = sorted({*self.suggestion_ids, *added})
        self._members_changed(added, [], day)

    def remove_member(self, suggestion_id: str, day: dt.date) -> None:
        """Let one go; it stays as it was.  Conflict if it is the last, or not in it."""
        not_before(day, self.happened_on)
        if suggestion_id not in self.suggestion_ids:
            raise Conflict(
                "member-not", "this suggestion is not in this project", "该建议不在此项目中"
            )
        if len(self.suggestion_ids) == 1:
            raise Conflict(
                "member-last",
                "a suggested project stands on at least one suggestion",
                "建议项目至少须有一条建议",
            )
        self.suggestion_ids = [one for one in self.suggestion_ids if one != suggestion_id]
        self._members_changed([], [suggestion_id], day)

    def _members_changed(self, added: list[str], removed: list[str], day: dt.date) -> None:
        self.record(
            "suggested-project.members-changed.v1",
            added=added,
            removed=removed,
            changed_on=day.isoformat(),
        )

    def hand_over(
        self, lead: Handover, beside: Sequence[Handover], deadline: Deadline | None
    ) -> None:
        """Give it to a unit (交办), perhaps with others beside; Conflict while one has it."""
        if self.unit_id is not None:
            raise Conflict(
                "handed-over-already",
                "a unit has it already; it can be handed to another when that returns it",
                "该建议项目已交办;承办单位退回后方可改交其他单位",
            )
        self.unit_id, self.handed_over_on = (
            lead.unit_id,
            not_before(lead.happened_on, self.happened_on),
        )
        self.co_handling_unit_ids = [one.unit_id for one in beside]
        self.document_number = lead.document_number
        if deadline is not None:
            self.due(deadline)
        self.record(
            "suggested-project.handed-over.v1",
            handover_id=lead.id,
            unit_id=self.unit_id,
            co_handling_unit_ids=self.co_handling_unit_ids,
            document_number=self.document_number,
            handed_over_on=lead.happened_on.isoformat(),
            answer_due_on=self.answer_due_on.isoformat() if self.answer_due_on else None,
            answer_due_provisional=self.answer_due_provisional,
        )

    def due(self, deadline: Deadline) -> None:
        """Note when it must be answered."""
        self.answer_due_on = deadline.due_on
        self.answer_due_provisional = deadline.provisional

    def lose(self, co_handling_unit_id: str) -> None:
        """A co-handling unit has returned its part."""
        left = [one for one in self.co_handling_unit_ids or () if one != co_handling_unit_id]
        self.co_handling_unit_ids = left

    def come_back(self) -> None:
        """The lead has returned it: nobody has it until it is handed to another."""
        if self.answered_on is not None:
            raise Conflict(
                "project-answered",
                "what was answered cannot be returned any more",
                "已经答复的建议项目不能再退回",
            )
        self.unit_id = self.handed_over_on = self.document_number = None
        self.co_handling_unit_ids = None
        self.answer_due_on, self.answer_due_provisional = None, False

    def handler(self) -> tuple[str, dt.date]:
        """The unit that leads, and since when; Conflict before it was handed over."""
        if self.unit_id is None or self.handed_over_on is None:
            raise Conflict(
                "not-handed-over",
                "no unit has it yet that could answer",
                "该建议项目尚未交办,无承办单位",
            )
        return self.unit_id, self.handed_over_on

    def answer(self, result: str, day: dt.date, answered: int) -> None:
        """The unit has answered ``answered`` of its members; Conflict before it was handed over."""
        unit_id, since = self.handler()
        not_before(day, since)
        self.answered_on = self.answered_on or day
        self.record(
            "suggested-project.answered.v1",
            unit_id=unit_id,
            result=result,
            answered_on=day.isoformat(),
            answers=answered,
        )

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


def _all_accepted(suggestions: Sequence[Suggestion]) -> None:
    if any(one.state != ACCEPTED for one in suggestions):
        raise Conflict(
            "suggestion-not-accepted",
            "a project is distilled from accepted suggestions only",
            "建议项目只能由已采纳梳理的建议凝练而成",
        )
