"""Aspects, units, rounds."""

from __future__ import annotations

from sqlalchemy import Column, Date, Integer, String, Table

from services.chassis.columns import UtcDateTime

from .metadata import identity, metadata, version

aspects = Table(
    "aspects",
    metadata,
    identity(),
    Column("code", String(40), nullable=False, unique=True),
    Column("name", String(40), nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    version(),
)
units = Table(
    "units",
    metadata,
    identity(),
    Column("name", String(120), nullable=False, unique=True),
    Column("kind", String(20), nullable=False),
    Column("credit_code", String(18)),
    Column("recorded_at", UtcDateTime, nullable=False),
    version(),
)
rounds = Table(
    "rounds",
    metadata,
    identity(),
    Column("year", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("name", String(120), nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    version(),
)
