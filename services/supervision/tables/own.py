"""The tables of what this service owns."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
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

from services.chassis.columns import Id, Json, UtcDateTime

from .metadata import dated, identity, metadata, version


def _project() -> Column[str]:
    return Column("project_id", Id, ForeignKey("projects.id"), nullable=False, index=True)


def _visit() -> Column[str]:
    return Column("visit_id", Id, ForeignKey("visits.id"), index=True)


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
    _project(),
    Column("position", Integer, nullable=False),
    Column("name", String(120), nullable=False),
    Column("target", Float),
    Column("unit_of_measure", String(20), nullable=False),
)
progress = Table(
    "progress",
    metadata,
    identity(),
    _project(),
    Column("sub_item_id", Id, ForeignKey("sub_items.id"), nullable=False, index=True),
    Column("sequence", Integer, nullable=False),
    Column("month", String(7), nullable=False),
    Column("quantity", Float),
    Column("share", Float),
    Column("text", Text, nullable=False),
    *dated(),
    UniqueConstraint("project_id", "sequence"),
)
groups = Table(
    "groups",
    metadata,
    identity(),
    Column("project_id", Id, ForeignKey("projects.id"), nullable=False, unique=True),
    Column("name", String(120), nullable=False),
    Column("members", Json, nullable=False),
    Column("liaison_officers", Json, nullable=False),
    *dated(),
    version(),
)
activities = Table(
    "activities",
    metadata,
    identity(),
    Column("year", Integer, nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("name", String(120), nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    *dated(),
    version(),
)
visits = Table(
    "visits",
    metadata,
    identity(),
    Column("activity_id", Id, ForeignKey("activities.id"), index=True),
    _project(),
    Column("kind", String(20), nullable=False),
    Column("place", String(200)),
    *dated(),
    version(),
    Index("ix_visits_happened_on_id", "happened_on", "id"),
)
attendances = Table(
    "attendances",
    metadata,
    identity(),
    Column("visit_id", Id, ForeignKey("visits.id"), nullable=False),
    Column("deputy_id", Id, nullable=False),
    *dated(),
    version(),
    UniqueConstraint("visit_id", "deputy_id"),
)
problems = Table(
    "problems",
    metadata,
    identity(),
    _project(),
    _visit(),
    Column("text", Text, nullable=False),
    *dated(),
    version(),
    Index("ix_problems_happened_on_id", "happened_on", "id"),
)
opinions = Table(
    "opinions",
    metadata,
    identity(),
    _project(),
    Column("deputy_id", Id, nullable=False),
    Column("channel", String(10), nullable=False),
    _visit(),
    Column("problem_id", Id, ForeignKey("problems.id")),
    Column("text", Text, nullable=False),
    *dated(),
    Column("handled_on", Date),
    Column("handled_by", Id),
    Column("handling_text", Text),
    Column("replied_on", Date),
    Column("replied_by", Id),
    Column("reply_text", Text),
    version(),
    Index("ix_opinions_happened_on_id", "happened_on", "id"),
)
online_checks = Table(
    "online_checks",
    metadata,
    identity(),
    Column("deputy_id", Id, nullable=False),
    _project(),
    *dated(),
    version(),
)
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
    UniqueConstraint("indicator_id", "sequence"),
)
meetings = Table(
    "meetings",
    metadata,
    identity(),
    Column("kind", String(20), nullable=False),
    Column("name", String(120), nullable=False),
    Column("text", Text, nullable=False),
    *dated(),
    version(),
)
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
report_texts = Table(
    "report_texts",
    metadata,
    identity(),
    Column("year", Integer, nullable=False, index=True),
    Column("section", String(20), nullable=False),
    Column("heading", String(120), nullable=False),
    Column("text", Text, nullable=False),
    Column("project_id", Id, ForeignKey("projects.id")),
    *dated(),
    version(),
)
reports = Table(
    "reports",
    metadata,
    identity(),
    Column("year", Integer, nullable=False, unique=True),
    Column("title", String(120), nullable=False),
    Column("completed_by", Date, nullable=False),
    *dated(),
    version(),
)
