"""Milestones reached, standards, acceptances."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from services.chassis.columns import Id, Json

from .metadata import dated, identity, metadata, of_project, version

milestones = Table(
    "milestones",
    metadata,
    identity(),
    of_project(),
    Column("code", String(40), nullable=False),
    Column("name", String(120), nullable=False),
    Column("sub_item_id", Id, ForeignKey("sub_items.id")),
    Column("due_on", Date, nullable=False),
    *dated(),
    Column("dropped_on", Date),
    Column("reached_on", Date),
    Column("reached_by", Id),
    Column("evidence", Text),
    version(),
    UniqueConstraint("project_id", "code"),
)
standards = Table(
    "standards",
    metadata,
    identity(),
    of_project(),
    Column("code", String(40), nullable=False),
    Column("title", String(200), nullable=False),
    Column("number", String(60)),
    Column("sub_item_id", Id, ForeignKey("sub_items.id")),
    *dated(),
    version(),
    UniqueConstraint("project_id", "code"),
)
acceptances = Table(
    "acceptances",
    metadata,
    identity(),
    of_project(),
    Column("sub_item_id", Id, ForeignKey("sub_items.id"), nullable=False, index=True),
    Column("sequence", Integer, nullable=False),
    Column("unit_id", Id, nullable=False),
    Column("passed", Boolean, nullable=False),
    Column("findings", Json, nullable=False),
    Column("text", Text, nullable=False),
    Column("document", String(120), nullable=False),
    *dated(),
    version(),
    UniqueConstraint("sub_item_id", "sequence"),
)
