"""Copies of what other services own, from their events."""

from __future__ import annotations

from sqlalchemy import Column, Date, Integer, String, Table

from services.chassis.columns import Id

from .metadata import identity, metadata, version

voted_sub_items = Table(
    "voted_sub_items",
    metadata,
    identity(),
    Column("project_id", Id, nullable=False),
    Column("project_name", String(120), nullable=False),
    Column("name", String(120), nullable=False),
    Column("year", Integer, nullable=False),
    Column("certified_on", Date, nullable=False),
    version(),
)
#: Deputies of this jurisdiction's congress, without their names.
deputies = Table(
    "deputies",
    metadata,
    identity(),
    Column("congress", String(6), nullable=False),
    Column("level", String(20), nullable=False),
    Column("delegation", String(120), nullable=False),
    version(),
)
