"""What rules supervision has."""

from __future__ import annotations

from dataclasses import dataclass

from services.commons import rule

#: By when who must have done what; how many photos, and when two are alike; what
#: may be owed to a project, where money comes from.
#: What kinds of matters there are, to whom they go, how they may end, what happens when overdue.
OF_MATTERS = ("matters", "routing", "results", "escalation")
KINDS = (
    *("deadlines", "photos", "resources", "fund-sources"),
    *OF_MATTERS,
)


@dataclass(eq=False)
class Rule(rule.Rule):
    """A rule of this service."""
