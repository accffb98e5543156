"""What rules collection and preliminary selection have."""

from __future__ import annotations

from dataclasses import dataclass

from services.commons import rule

#: What rules there are: who may speak through what channel, what makes a matter eligible, what each
#: delegation owes, when an answer is due and what results it may have, at which milestones authors
#: are told, through which stages a shortlist goes, by which principles candidates are screened, how
#: urgent one may be, what makes demand, which words mean the same.
KINDS = (
    "channels",
    "eligibility",
    "quotas",
    "deadlines",
    "results",
    "milestones",
    "stages",
    "principles",
    "urgency",
    "demand",
    "synonyms",
)


@dataclass(eq=False)
class Rule(rule.Rule):
    """A rule of this service."""
