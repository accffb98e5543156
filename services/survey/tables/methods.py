"""Assessment methods."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Table, Text

from services.chassis.columns import Id, Json, UtcDateTime

from .metadata import metadata

assessment_methods = Table(
    "assessment_methods",
    metadata,
    Column("id", Id, primary_key=True),
    Column("title", String(120), nullable=False),
    Column("text", Text, nullable=False),
    Column("parameters", Json, nullable=False),
    Column("supersedes", Id, ForeignKey("assessment_methods.id")),
    Column("drafted_on", Date, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("adopted_by", String(200)),
    Column("adopted_on", Date),
    Column("version", Integer, nullable=False),
)
