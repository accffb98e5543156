"""The calendar, and the task lists of projects."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from services.chassis.columns import Id, Json

from .metadata import dated, identity, metadata, of_project, of_visit, version

calendar_entries = Table(
    "calendar_entries",
    metadata,
    identity(),
    Column("year", Integer, nullable=False),
    Column("part", String(40), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("name", String(120), nullable=False),
    Column("must", String(20), nullable=False),
    Column("of", String(20)),
    Column("starts_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("lead_days", Integer, nullable=False),
    Column("remind_on", Date, nullable=False),
    Column("rule_id", Id),
    Column("rule_digest", String(64)),
    *dated(),
    Column("moves", Json, nullable=False),
    Column("state", String(10), nullable=False),
    Column("ended_on", Date),
    Column("kept_by", Id),
    Column("note", Text),
    Column("reminded_on", Date),
    version(),
    # Two who draw a year at once would draw everything twice.
    UniqueConstraint("year", "part", "ordinal"),
    Index("ix_calendar_entries_year_due_on_id", "year", "due_on", "id"),
    Index("ix_calendar_entries_state_remind_on", "state", "remind_on"),
)
task_items = Table(
    "task_items",
    metadata,
    identity(),
    of_project(),
    Column("kind", String(20), nullable=False),
    Column("name", String(200), nullable=False),
    Column("site_code", String(40)),
    Column("problem_id", Id, ForeignKey("problems.id"), index=True),
    Column("group_id", Id, ForeignKey("groups.id"), index=True),
    Column("deputy_id", Id, index=True),
    Column("unit_id", Id, index=True),
    Column("due_on", Date, nullable=False),
    *dated(),
    Column("state", String(10), nullable=False),
    Column("checked_on", Date),
    Column("standing", String(10)),
    Column("ended_on", Date),
    Column("outcome", Text),
    version(),
    Index("ix_task_items_happened_on_id", "happened_on", "id"),
)
task_checks = Table(
    "task_checks",
    metadata,
    identity(),
    Column("task_item_id", Id, ForeignKey("task_items.id"), nullable=False, index=True),
    Column("finding", Text, nullable=False),
    Column("standing", String(10), nullable=False),
    of_visit(),
    *dated(),
    version(),
)
