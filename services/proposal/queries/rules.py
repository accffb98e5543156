"""The rules of this service, and which was in force on a day."""

from __future__ import annotations

from services.chassis.rulebook import Rulebook

from ..model.rule import Rule
from ..tables.register import rules

rulebook = Rulebook(Rule, rules, "services.proposal.rules")
in_force = rulebook.in_force
