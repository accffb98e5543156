"""Leading groups, documents, who took part, decisions of meetings and questions asked there."""

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

from .metadata import dated, identity, metadata, of_project, version

leading_groups = Table(
    "leading_groups",
    metadata,
    identity(),
    Column("name", String(120), nullable=False),
    Column("office_unit_id", Id),
    *dated(),
    Column("memberships", Json, nullable=False),
    version(),
)
documents = Table(
    "documents",
    metadata,
    identity(),
    Column("kind", String(20), nullable=False),
    Column("title", String(200), nullable=False),
    Column("number", String(60)),
    Column("issuer", String(120), nullable=False),
    Column("year", Integer, nullable=False, index=True),
    Column("project_id", Id, ForeignKey("projects.id"), index=True),
    Column("group_id", Id, ForeignKey("groups.id")),
    Column("leading_group_id", Id, ForeignKey("leading_groups.id")),
    # Two that take the place of the same one would be a dispute.
    Column("replaces_id", Id, ForeignKey("documents.id"), unique=True),
    Column("sha256", String(64)),
    Column("text", Text),
    *dated(),
    version(),
    Index("ix_documents_happened_on_id", "happened_on", "id"),
)
participants = Table(
    "participants",
    metadata,
    identity(),
    Column("subject_kind", String(20), nullable=False),
    Column("subject_id", Id, nullable=False),
    Column("role", String(20), nullable=False),
    Column("person", String(160), nullable=False),
    Column("deputy_id", Id, index=True),
    Column("unit_id", Id),
    Column("office", String(80)),
    Column("label", String(80)),
    *dated(),
    version(),
    UniqueConstraint("subject_id", "person"),
)
decisions = Table(
    "decisions",
    metadata,
    identity(),
    Column("meeting_id", Id, ForeignKey("meetings.id"), nullable=False, index=True),
    Column("project_id", Id, ForeignKey("projects.id"), index=True),
    Column("text", Text, nullable=False),
    Column("unit_id", Id, index=True),
    Column("group_id", Id, ForeignKey("groups.id"), index=True),
    Column("due_on", Date),
    *dated(),
    Column("state", String(10), nullable=False),
    Column("ended_on", Date),
    Column("outcome", Text),
    version(),
    Index("ix_decisions_happened_on_id", "happened_on", "id"),
)
questions = Table(
    "questions",
    metadata,
    identity(),
    Column("meeting_id", Id, ForeignKey("meetings.id"), nullable=False, index=True),
    of_project(),
    Column("deputy_id", Id, nullable=False, index=True),
    Column("unit_id", Id, nullable=False, index=True),
    Column("text", Text, nullable=False),
    *dated(),
    Column("state", String(10), nullable=False),
    Column("turns", Json, nullable=False),
    Column("closed_on", Date),
    version(),
    Index("ix_questions_happened_on_id", "happened_on", "id"),
)
