"""The reserve pool."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, String, Table, Text

from services.chassis.columns import Id, Json, UtcDateTime

from .metadata import identity, metadata, version

pool_entries = Table(
    "pool_entries",
    metadata,
    identity(),
    Column("title", String(120), nullable=False),
    Column("text", Text, nullable=False),
    Column("aspect", String(40), nullable=False),
    Column("suggested_project_ids", Json, nullable=False),
    Column("candidate_ids", Json, nullable=False),
    Column("state", String(20), nullable=False),
    Column("added_on", Date, nullable=False),
    Column("history", Json, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    version(),
    Index("ix_pool_entries_state_aspect", "state", "aspect"),
)
# A table and not a list in the entry's row, because demand is summed over the suggestions.
pool_suggestions = Table(
    "pool_suggestions",
    metadata,
    Column("entry_id", Id, ForeignKey("pool_entries.id"), primary_key=True),
    Column("suggestion_id", Id, primary_key=True, index=True),
)
