"""What is owed to projects, its deliveries, and what units arranged for them."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from services.chassis.columns import Id, Json

from .metadata import dated, identity, metadata, of_project, version

resources = Table(
    "resources",
    metadata,
    identity(),
    of_project(),
    Column("kind", String(40), nullable=False),
    Column("name", String(120), nullable=False),
    Column("quantity", Float, nullable=False),
    Column("unit_of_measure", String(20), nullable=False),
    Column("unit_id", Id, nullable=False, index=True),
    Column("due_on", Date, nullable=False),
    Column("rule_id", Id),
    Column("rule_digest", String(64), nullable=False),
    *dated(),
    Column("withdrawn_on", Date),
    Column("withdrawal_reason", Text),
    version(),
    Index("ix_resources_due_on_id", "due_on", "id"),
)
deliveries = Table(
    "deliveries",
    metadata,
    identity(),
    Column("resource_id", Id, ForeignKey("resources.id"), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("quantity", Float, nullable=False),
    Column("unit_id", Id, nullable=False),
    Column("text", Text, nullable=False),
    Column("corrects", Id, ForeignKey("deliveries.id")),
    Column("reason", Text),
    *dated(),
    UniqueConstraint("resource_id", "sequence"),
    UniqueConstraint("corrects"),
)
coordinations = Table(
    "coordinations",
    metadata,
    identity(),
    of_project(),
    Column("state", String(20), nullable=False),
    Column("subject", String(120), nullable=False),
    Column("text", Text, nullable=False),
    Column("unit_ids", Json, nullable=False),
    Column("asked_by", Id),
    Column("asked_of", Id, index=True),
    *dated(),
    Column("answered_on", Date),
    Column("answer_text", Text),
    version(),
    Index("ix_coordinations_happened_on_id", "happened_on", "id"),
)
coordination_tasks = Table(
    "coordination_tasks",
    metadata,
    identity(),
    Column("coordination_id", Id, ForeignKey("coordinations.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("unit_id", Id, nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("done_on", Date),
    Column("done_text", Text),
    UniqueConstraint("coordination_id", "position"),
)
