"""What rules supervision has."""

from __future__ import annotations

from dataclasses import dataclass

from services.commons import rule

#: By when who must have done what; how many photos, and when two are alike; what
#: may be owed to a project, where money comes from; which look-backs follow its completion.
KINDS = ("deadlines", "look-backs", "photos", "resources", "fund-sources")


@dataclass(eq=False)
class Rule(rule.Rule):
    """A rule of this service."""
