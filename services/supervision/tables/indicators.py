"""Declared indicators."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from services.chassis.columns import Id

from .metadata import dated, identity, metadata, version

indicators = Table(
    "indicators",
    metadata,
    identity(),
    Column("year", Integer, nullable=False),
    Column("key", String(40), nullable=False),
    Column("name", String(120), nullable=False),
    Column("unit_of_measure", String(20), nullable=False),
    Column("declared_by", Id, nullable=False),
    *dated(),
    Column("definition", Text),
    Column("source", String(200)),
    Column("period", String(120)),
    Column("scale", Integer),
    version(),
    UniqueConstraint("year", "key"),
)
indicator_entries = Table(
    "indicator_entries",
    metadata,
    identity(),
    Column("indicator_id", Id, ForeignKey("indicators.id"), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("month", String(7), nullable=False),
    Column("value", BigInteger, nullable=False),
    *dated(),
    Column("responded", BigInteger),
    Column("rounded_to", Integer),
    Column("reason", Text),
    UniqueConstraint("indicator_id", "sequence"),
)
