"""By when units, groups and deputies must have done what supervision asks of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from services.commons import deadline
from services.commons.deadline import PROMISE, START

#: What a deadline is about: a matter raised (an opinion or a problem), what its reply promised.
MATTER = "matter"
#: And what a meeting decided, a question asked at one, an entry of the calendar, an item of a task
#: list; those have the days that were agreed, but for questions.
DECISION, QUESTION, CALENDAR, TASK = ("decision", "question", "calendar", "task")
#: A plan to be published, a month's progress, a milestone, the next step of a decided change.
PLAN, PROGRESS, MILESTONE, CHANGE = ("plan", "progress", "milestone", "change")
KINDS = (
    *(MATTER, PROMISE, DECISION, QUESTION, CALENDAR, TASK),
    *(PLAN, PROGRESS, MILESTONE, CHANGE),
)
#: What terms there are in the rule ``deadlines``: a unit takes a matter or returns it (接办、退回),
#: deals with it and replies (办理、答复), has more time (延期), replies again (再次答复).
#: A unit answers a question that was asked at a meeting: QUESTION is also its term.
ACCEPT, RETURN, REPLY, EXTENSION, SECOND_REPLY = (
    "accept",
    "return",
    "reply",
    "extension",
    "second-reply",
)
#: PLAN and PROGRESS are terms too; a decided change is announced and reported (公告、报告).
ANNOUNCEMENT, REPORT = ("announcement", "report")
CODES = (
    *(ACCEPT, RETURN, REPLY, EXTENSION, SECOND_REPLY, QUESTION),
    *(PLAN, PROGRESS, ANNOUNCEMENT, REPORT),
)
#: From what a term is counted; AGREED: no rule's term, but a day that was agreed.
RAISED, ROUTED, JUDGED, ASKED = ("raised", "routed", "judged", "asked")
ADOPTED, MONTH_END, DECIDED = ("adopted", "month-end", "decided")
BEGINNINGS = (RAISED, ROUTED, JUDGED, ASKED, ADOPTED, MONTH_END, DECIDED, START)
AGREED = "agreed"


@dataclass(eq=False, kw_only=True)
class Deadline(deadline.Deadline):
    """A day by which somebody must have acted (期限); ``project_id``: on which project."""

    steps: ClassVar[tuple[str, ...]] = (RAISED, ROUTED, JUDGED)

    project_id: str | None = None

    def public_state(self) -> dict[str, Any]:
        """For events."""
        return super().public_state() | {"project_id": self.project_id}
