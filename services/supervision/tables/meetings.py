"""Meetings."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, String, Table, Text

from services.chassis.columns import Id, Json

from .metadata import dated, identity, metadata, version

meetings = Table(
    "meetings",
    metadata,
    identity(),
    Column("kind", String(20), nullable=False),
    Column("name", String(120), nullable=False),
    Column("text", Text, nullable=False),
    *dated(),
    Column("number", String(40)),
    Column("group_id", Id, ForeignKey("groups.id"), index=True),
    Column("leading_group_id", Id, ForeignKey("leading_groups.id")),
    Column("project_ids", Json),
    Column("minutes", Json),
    version(),
)
