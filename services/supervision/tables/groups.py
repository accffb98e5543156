"""Supervision groups."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, String, Table

from services.chassis.columns import Id, Json

from .metadata import dated, identity, metadata, version

groups = Table(
    "groups",
    metadata,
    identity(),
    Column("project_id", Id, ForeignKey("projects.id"), nullable=False, unique=True),
    Column("name", String(120), nullable=False),
    Column("members", Json, nullable=False),
    Column("liaison_officers", Json, nullable=False),
    *dated(),
    # None: formed before who joined and left was kept.
    Column("memberships", Json),
    version(),
)
