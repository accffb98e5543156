"""Rules, and the deadlines that they set."""

from __future__ import annotations

from sqlalchemy import Boolean, Column

from services.chassis.deadlines import deadlines_table
from services.chassis.rulebook import rules_table

from .metadata import metadata

rules = rules_table(metadata)
deadlines = deadlines_table(metadata, "project_id")
deadlines.append_column(Column("fell_away", Boolean))
