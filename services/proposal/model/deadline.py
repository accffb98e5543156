"""Deadlines: what must be done by when, by which rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from services.commons import deadline
from services.commons.deadline import PROMISE, START

#: Whose deadline: an answer to a suggestion or to a suggested project, a promise that an answer
#: made, an opinion of a co-handling unit.
SUGGESTION, PROJECT, OPINION = ("suggestion", "project", "opinion")
KINDS = (SUGGESTION, PROJECT, PROMISE, OPINION)
#: The sorting of what was submitted; found from the rule alone, no deadline of its own is kept.
SORTING = "sorting"
#: What terms there are in the rule ``deadlines``.
CODES = ANSWER, EXTENSION, SECOND_ANSWER, RETURN, OPINION_TERM, SORTING_TERM = (
    "answer",
    "extension",
    "second-answer",
    "return",
    "opinion",
    SORTING,
)
#: From what a term is counted.
SUBMITTED, ACCEPTED, HANDED_OVER, JUDGED = ("submitted", "accepted", "handed-over", "judged")
BEGINNINGS = (SUBMITTED, ACCEPTED, HANDED_OVER, JUDGED, START)


@dataclass(eq=False, kw_only=True)
class Deadline(deadline.Deadline):
    """A day by which somebody must have answered (期限).

    ``subject_id``: the suggestion, suggested project, answer or handover that it is about.
    """

    steps: ClassVar[tuple[str, ...]] = (ACCEPTED, HANDED_OVER, JUDGED)

    suggestion_id: str | None = None
    project_id: str | None = None

    def is_met_by(self, unit_id: str) -> bool:
        """Whether an answer of this unit meets it.

        The first answer may come from any unit; what one has promised, or must answer again, no
        other one does in its place.
        """
        return self.code == ANSWER or self.unit_id in (None, unit_id)

    def public_state(self) -> dict[str, Any]:
        """For events."""
        ids = {"suggestion_id": self.suggestion_id, "project_id": self.project_id}
        return super().public_state() | ids
