"""Imports and exports."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, String, Table

from services.chassis.columns import Json, UtcDateTime

from .metadata import identity, metadata, version

imports = Table(
    "imports",
    metadata,
    identity(),
    Column("file_hash", String(64), nullable=False, unique=True),
    Column("name", String(255), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("imported_by", String(200), nullable=False),
    Column("rows", Integer, nullable=False),
    Column("written", Integer, nullable=False),
    Column("state", String(10), nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    version(),
)
exports = Table(
    "exports",
    metadata,
    identity(),
    Column("list", String(40), nullable=False),
    Column("filters", Json, nullable=False),
    Column("format", String(10), nullable=False),
    Column("asked_by", String(200), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("state", String(10), nullable=False, index=True),
    Column("attempts", Integer, nullable=False),
    Column("beat_at", UtcDateTime),
    Column("rows", Integer),
    Column("size", BigInteger),
    Column("sha256", String(64)),
    Column("ready_at", UtcDateTime),
    Column("reason", String(200)),
    version(),
)
