"""The rules of this service, and which was in force on a day."""

from __future__ import annotations

from services.chassis.rulebook import Rulebook

from ..model.rule import Rule
from ..tables.rules import rules

rulebook = Rulebook(Rule, rules, "services.supervision.rules")
in_force = rulebook.in_force
