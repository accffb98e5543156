"""Suggested projects."""

from __future__ import annotations

from sqlalchemy import Column, Date, Integer, String, Table, Text

from services.chassis.columns import Json, UtcDateTime

from .metadata import identity, metadata, version

suggested_projects = Table(
    "suggested_projects",
    metadata,
    identity(),
    Column("year", Integer, nullable=False, index=True),
    Column("title", String(120), nullable=False),
    Column("aspect", String(40), nullable=False),
    Column("text", Text, nullable=False),
    Column("suggestion_ids", Json, nullable=False),
    Column("happened_on", Date, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    version(),
)
