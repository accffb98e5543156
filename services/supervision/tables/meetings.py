"""Meetings."""

from __future__ import annotations

from sqlalchemy import Column, String, Table, Text

from .metadata import dated, identity, metadata, version

meetings = Table(
    "meetings",
    metadata,
    identity(),
    Column("kind", String(20), nullable=False),
    Column("name", String(120), nullable=False),
    Column("text", Text, nullable=False),
    *dated(),
    version(),
)
