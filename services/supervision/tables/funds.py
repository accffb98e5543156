"""Payments released to units and spent by them."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from services.chassis.columns import Id

from .metadata import dated, identity, metadata, of_project, version

fund_entries = Table(
    "fund_entries",
    metadata,
    identity(),
    of_project(),
    Column("kind", String(20), nullable=False),
    Column("amount_yuan", BigInteger, nullable=False),
    Column("source", String(40), nullable=False),
    Column("unit_id", Id, nullable=False, index=True),
    Column("sub_item_id", Id, ForeignKey("sub_items.id")),
    Column("document", String(200), nullable=False),
    Column("corrects", Id, ForeignKey("fund_entries.id")),
    Column("reason", Text),
    Column("rule_id", Id),
    Column("rule_digest", String(64), nullable=False),
    *dated(),
    version(),
    UniqueConstraint("corrects"),
    Index("ix_fund_entries_happened_on_id", "happened_on", "id"),
)
