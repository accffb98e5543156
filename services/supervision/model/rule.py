"""What rules supervision has."""

from __future__ import annotations

from dataclasses import dataclass

from services.commons import rule

#: By when who must have done what; how many photos, and when two are alike; what
#: may be owed to a project, where money comes from; which look-backs follow its completion;
#: when a meeting is satisfied with the answers to its opinions.
KINDS = ("deadlines", "look-backs", "photos", "resources", "fund-sources", "answer-votes")


@dataclass(eq=False)
class Rule(rule.Rule):
    """A rule of this service."""
