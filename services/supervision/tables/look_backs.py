"""Look-backs."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, String, Table, Text

from .metadata import dated, identity, metadata, version

look_backs = Table(
    "look_backs",
    metadata,
    identity(),
    Column("project_name", String(120), nullable=False),
    Column("project_year", Integer, nullable=False),
    Column("finding", Text, nullable=False),
    Column("effective", Boolean, nullable=False),
    *dated(),
    version(),
)
