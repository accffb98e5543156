"""What rules supervision has."""

from __future__ import annotations

from dataclasses import dataclass

from services.commons import rule

#: What each is about: its shipped example's title says it (``rules/<kind>.json``).
KINDS = (
    "deadlines",
    "fund-sources",
    "look-backs",
    "moderation",
    "photos",
    "resources",
)


@dataclass(eq=False)
class Rule(rule.Rule):
    """A rule of this service."""
