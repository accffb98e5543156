"""Where projects of former years come from that were entered afterwards."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, String, Table

from services.chassis.columns import Id, Json

from .metadata import dated, metadata, version

archived_projects = Table(
    "archived_projects",
    metadata,
    Column("id", Id, ForeignKey("projects.id"), primary_key=True),
    Column("source", Json, nullable=False),
    Column("satisfaction", String(500)),
    Column("accepted", Json, nullable=False),
    *dated(),
    version(),
)
