"""Aspects, units, rounds."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, String, Table, Text

from services.chassis.columns import Json, UtcDateTime
from services.chassis.rulebook import rules_table

from .metadata import identity, metadata, version

aspects = Table(
    "aspects",
    metadata,
    identity(),
    Column("code", String(40), nullable=False, unique=True),
    Column("name", String(40), nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("until", Date),
    Column("superseded_by", String(40)),
    Column("names", Json),
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
    Column("dates", Json),
    version(),
    Index("ix_rounds_year", "year"),
)
collection_activities = Table(
    "collection_activities",
    metadata,
    identity(),
    Column("kind", String(20), nullable=False),
    Column("title", String(120), nullable=False),
    Column("organiser_kind", String(20), nullable=False),
    Column("organiser", String(120), nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("place", String(200), nullable=False),
    Column("text", Text, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    version(),
)
rules = rules_table(metadata)
