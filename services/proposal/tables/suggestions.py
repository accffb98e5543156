"""Suggestions."""

from __future__ import annotations

from sqlalchemy import Column, Date, Float, Index, Integer, String, Table, Text

from services.chassis.columns import Id, UtcDateTime

from .metadata import identity, metadata, version

suggestions = Table(
    "suggestions",
    metadata,
    identity(),
    Column("year", Integer, nullable=False),
    Column("author_kind", String(20), nullable=False),
    Column("deputy_id", Id),
    Column("channel", String(20), nullable=False),
    Column("aspect", String(40), nullable=False),
    Column("title", String(120), nullable=False),
    Column("text", Text, nullable=False),
    Column("division", String(6)),
    Column("longitude", Float),
    Column("latitude", Float),
    Column("happened_on", Date, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("state", String(10), nullable=False),
    Column("sorted_on", Date),
    Column("sorted_by", String(200)),
    Column("reason", Text),
    Column("matched_sub_item", Id),
    Column("matched_on", Date),
    Column("matched_by", String(200)),
    version(),
    Index("ix_suggestions_year_state", "year", "state"),
    Index("ix_suggestions_happened_on_id", "happened_on", "id"),
)
