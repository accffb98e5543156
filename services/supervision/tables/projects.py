"""Projects, their sub-items and progress."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from services.chassis.columns import Id, Json, UtcDateTime

from .metadata import dated, identity, metadata, of_project, version

projects = Table(
    "projects",
    metadata,
    identity(),
    Column("year", Integer, nullable=False, index=True),
    Column("name", String(120), nullable=False),
    Column("description", Text, nullable=False),
    Column("aspect", String(40), nullable=False),
    Column("lead_unit_id", Id, nullable=False),
    Column("budget_yuan", BigInteger),
    Column("due_on", Date),
    Column("ballot_id", Id, nullable=False),
    Column("suggested_project_ids", Json, nullable=False),
    Column("adopted_on", Date, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    version(),
)
sub_items = Table(
    "sub_items",
    metadata,
    identity(),
    of_project(),
    Column("position", Integer, nullable=False),
    Column("name", String(120), nullable=False),
    Column("target", Float),
    Column("unit_of_measure", String(20), nullable=False),
)
progress = Table(
    "progress",
    metadata,
    identity(),
    of_project(),
    Column("sub_item_id", Id, ForeignKey("sub_items.id"), nullable=False, index=True),
    Column("sequence", Integer, nullable=False),
    Column("month", String(7), nullable=False),
    Column("quantity", Float),
    Column("share", Float),
    Column("text", Text, nullable=False),
    *dated(),
    Column("task_code", String(40)),
    Column("funds_paid_yuan", BigInteger),
    Column("unit_id", Id),
    Column("reason", Text),
    Column("reported_on", Date),
    Column("late", Boolean),
    UniqueConstraint("project_id", "sequence"),
)
#: The months of each project for which somebody has looked whether progress is owed.
expected_months = Table(
    "expected_months",
    metadata,
    Column("project_id", Id, ForeignKey("projects.id"), primary_key=True),
    Column("month", String(7), primary_key=True),
)
