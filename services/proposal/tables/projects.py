"""Suggested projects."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Integer, String, Table, Text, text

from services.chassis.columns import Id, Json, UtcDateTime

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
    # Since the second release: nullable, or with a default of the server's.
    Column("unit_id", Id),
    Column("co_handling_unit_ids", Json),
    Column("document_number", String(60)),
    Column("handed_over_on", Date),
    Column("answer_due_on", Date),
    Column("answer_due_provisional", Boolean, nullable=False, server_default=text("false")),
    Column("answered_on", Date),
    version(),
)
#: The same as ``suggestion_ids`` for the database to join by, and who was in it before.
memberships = Table(
    "suggested_project_suggestions",
    metadata,
    identity(),
    Column("project_id", Id, nullable=False, index=True),
    Column("suggestion_id", Id, nullable=False, index=True),
    Column("added_on", Date, nullable=False),
    Column("added_by", String(200)),
    Column("added_because", Text),
    Column("removed_on", Date),
    Column("removed_by", String(200)),
    Column("removed_because", Text),
    version(),
)
