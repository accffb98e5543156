"""What rules supervision has."""

from __future__ import annotations

from dataclasses import dataclass

from services.commons import rule

KINDS = (
    "moderation",  # how residents' messages are moderated
    "deadlines",  # by when who must have done what
    "calendar",  # what must happen when in a year
    "look-backs",  # which look-backs follow a project's completion
    "map",  # how many points at once, and how exact those are that persons gave
    "photos",  # how many there may be, and when two are alike
    "resources",  # what may be owed to a project
    "fund-sources",  # where money comes from
    "lights",  # of which colour a project's light is
    "changes",  # which change is major, and who decides it
    "matters",  # what kinds of opinions and problems there are
    "routing",  # to whom they go
    "results",  # how they may be answered
    "escalation",  # what happens when they stay overdue
    "answer-votes",  # when a meeting is satisfied with the answers to its opinions
    "evaluation",  # how projects are evaluated
    "appraisal",  # how units are appraised
    "chain",  # which links supervision has, and what each should leave records of
)


@dataclass(eq=False)
class Rule(rule.Rule):
    """A rule of this service."""
