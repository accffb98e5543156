"""Templates of questionnaires."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Table, Text

from services.chassis.columns import Id, Json, UtcDateTime

from .metadata import metadata

questionnaire_templates = Table(
    "questionnaire_templates",
    metadata,
    Column("id", Id, primary_key=True),
    Column("title", String(120), nullable=False),
    Column("description", Text, nullable=False),
    Column("questions", Json, nullable=False),
    Column("grades", Json, nullable=False),
    Column("edition", Integer, nullable=False),
    # Of two that revise the same edition at once the second finds the first.
    Column("supersedes", Id, ForeignKey("questionnaire_templates.id"), unique=True),
    Column("source", String(40)),
    Column("drafted_on", Date, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("version", Integer, nullable=False),
)
