"""Rules, and the deadlines that they set."""

from __future__ import annotations

from services.chassis.deadlines import deadlines_table
from services.chassis.rulebook import rules_table

from .metadata import metadata

rules = rules_table(metadata)
deadlines = deadlines_table(metadata, "project_id")
