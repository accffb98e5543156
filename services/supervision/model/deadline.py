"""By when units, groups and deputies must have done what supervision asks of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from services.commons import deadline
from services.commons.deadline import PROMISE, START

from .matter import OPINION, PROBLEM

#: What a deadline is about: an opinion, a problem, a snap that nobody could assign yet, what a
#: co-handling unit must tell the lead, what a reply promised.
SNAP, CO_HANDLING = "snap", "co-handling"
KINDS = (OPINION, PROBLEM, SNAP, CO_HANDLING, PROMISE)
#: What terms there are in the rule ``deadlines``: a unit takes a matter or returns it (接办、退回),
#: deals with it and replies (办理、答复), has more time (延期), replies again (再次答复), gives its
#: opinion beside the lead (协办意见); the deputy judges (评价); somebody confirms (核实); the office
#: routes what came back (改交) and assigns a snap to a project (归属).
CODES = (
    ACCEPT,
    RETURN,
    REPLY,
    EXTENSION,
    SECOND_REPLY,
    CO_OPINION,
    JUDGE,
    CONFIRM,
    ROUTE,
    ASSIGN,
) = (
    "accept",
    "return",
    "reply",
    "extension",
    "second-reply",
    "co-opinion",
    "judge",
    "confirm",
    "route",
    "assign",
)
#: From what a term is counted.
RAISED, ROUTED, RETURNED, REPLIED, JUDGED, CLAIMED, REOPENED = (
    "raised",
    "routed",
    "returned",
    "replied",
    "judged",
    "claimed",
    "reopened",
)
BEGINNINGS = (RAISED, ROUTED, RETURNED, REPLIED, JUDGED, CLAIMED, REOPENED, START)


@dataclass(eq=False, kw_only=True)
class Deadline(deadline.Deadline):
    """A day by which somebody must have acted (期限); ``project_id``: on which project."""

    steps: ClassVar[tuple[str, ...]] = (RAISED, ROUTED, JUDGED)

    project_id: str | None = None

    def public_state(self) -> dict[str, Any]:
        """For events."""
        return super().public_state() | {"project_id": self.project_id}
