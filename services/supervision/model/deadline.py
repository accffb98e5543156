"""By when units, groups and deputies must have done what supervision asks of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from services.commons import deadline
from services.commons.deadline import PROMISE, START

#: What a deadline is about: a matter raised (an opinion or a problem), what its reply promised,
#: what is owed to a project (要素供给), what units agreed to do for one (统筹协调).
MATTER, RESOURCE, COORDINATION = "matter", "resource", "coordination"
KINDS = (MATTER, PROMISE, RESOURCE, COORDINATION)
#: What terms there are in the rule ``deadlines``: a unit takes a matter or returns it (接办、退回),
#: deals with it and replies (办理、答复), has more time (延期), replies again (再次答复); answers
#: another unit that asked for help (协调答复).
CODES = ACCEPT, RETURN, REPLY, EXTENSION, SECOND_REPLY, HELP_ANSWER = (
    "accept",
    "return",
    "reply",
    "extension",
    "second-reply",
    "help-answer",
)
#: From what a term is counted.
RAISED, ROUTED, JUDGED = ("raised", "routed", "judged")
ASKED = "asked"
BEGINNINGS = (RAISED, ROUTED, JUDGED, ASKED, START)


@dataclass(eq=False, kw_only=True)
class Deadline(deadline.Deadline):
    """A day by which somebody must have acted (期限); ``project_id``: on which project."""

    steps: ClassVar[tuple[str, ...]] = (RAISED, ROUTED, JUDGED)

    project_id: str | None = None

    def public_state(self) -> dict[str, Any]:
        """For events."""
        return super().public_state() | {"project_id": self.project_id}
