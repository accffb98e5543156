"""What rules supervision has."""

from __future__ import annotations

from dataclasses import dataclass

from services.commons import rule

#: By when who must have done what.
#: Which look-backs follow a project's completion.
KINDS = ("deadlines", "look-backs")


@dataclass(eq=False)
class Rule(rule.Rule):
    """A rule of this service."""
