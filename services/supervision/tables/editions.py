"""Editions of the annual report, what was counted for them, and the meeting's opinions."""

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
    text,
)

from services.chassis.columns import Id, Json

from .metadata import dated, identity, metadata, version

_PENDING = text("state = 'submitted'")

report_editions = Table(
    "report_editions",
    metadata,
    identity(),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("title", String(120), nullable=False),
    Column("as_of", Date, nullable=False),
    Column("completed_by", Date, nullable=False),
    Column("figures", Json, nullable=False),
    Column("document", Json, nullable=False),
    Column("markdown", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("note", Text, nullable=False),
    *dated(),
    Column("state", String(12), nullable=False),
    Column("meeting", Json),
    Column("submitted_on", Date),
    Column("deliberated_on", Date),
    Column("withdrawn_on", Date),
    Column("withdrawal_reason", Text),
    version(),
    UniqueConstraint("year", "number"),
    # Two of one year cannot wait for a meeting at once, whoever comes first.
    Index(
        "uq_report_editions_pending",
        "year",
        unique=True,
        sqlite_where=_PENDING,
        postgresql_where=_PENDING,
    ),
)
#: The lines of evidence of each figure of an edition, apart: they are long and seldom read.
edition_evidence = Table(
    "edition_evidence",
    metadata,
    Column("edition_id", Id, ForeignKey("report_editions.id"), primary_key=True),
    Column("key", String(80), primary_key=True),
    Column("lines", Json, nullable=False),
)
report_opinions = Table(
    "report_opinions",
    metadata,
    identity(),
    Column("edition_id", Id, ForeignKey("report_editions.id"), nullable=False, index=True),
    Column("year", Integer, nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("unit_ids", Json, nullable=False),
    *dated(),
    Column("state", String(12), nullable=False),
    Column("round", Integer, nullable=False),
    Column("answers", Json, nullable=False),
    Column("votes", Json, nullable=False),
    Column("closed_on", Date),
    Column("closing_reason", Text),
    version(),
    UniqueConstraint("edition_id", "number"),
    Index("ix_report_opinions_happened_on_id", "happened_on", "id"),
)
