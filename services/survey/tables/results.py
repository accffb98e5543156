"""What comes out of an assessment: decisions to publish it, what follows, released comments."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text

from services.chassis.columns import Id, Json, JsonText, UtcDateTime

from .metadata import metadata

publications = Table(
    "publications",
    metadata,
    Column("id", Id, primary_key=True),
    Column("questionnaire_id", Id, ForeignKey("questionnaires.id"), nullable=False, index=True),
    Column("decided_by", String(200), nullable=False),
    Column("reference", String(200), nullable=False),
    Column("decided_on", Date, nullable=False),
    Column("publishes_at", UtcDateTime, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("published_on", Date),
    Column("withdrawn_on", Date),
    Column("withdrawal_reason", Text),
    Column("version", Integer, nullable=False),
    Index("ix_publications_publishes_at_id", "publishes_at", "id"),
)
# One row per published questionnaire, which never changes.
published_scores = Table(
    "published_scores",
    metadata,
    Column("questionnaire_id", Id, ForeignKey("questionnaires.id"), primary_key=True),
    Column("publication_id", Id, ForeignKey("publications.id"), nullable=False),
    Column("content", JsonText, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("seal", String(64), nullable=False),
)
requirements = Table(
    "requirements",
    metadata,
    Column("id", Id, primary_key=True),
    Column("questionnaire_id", Id, ForeignKey("questionnaires.id"), nullable=False, index=True),
    Column("item_id", Id),
    Column("then", Json, nullable=False),
    Column("content", JsonText, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("rectification", Json),
    Column("version", Integer, nullable=False),
)
released_comments = Table(
    "released_comments",
    metadata,
    Column("id", Id, primary_key=True),
    Column("questionnaire_id", Id, ForeignKey("questionnaires.id"), nullable=False, index=True),
    Column("key", String(100), nullable=False),
    Column("group_code", String(24), nullable=False),
    Column("text", Text, nullable=False),
    Column("count", Integer, nullable=False),
    Column("released_by", String(200), nullable=False),
    Column("released_on", Date, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("withdrawn_on", Date),
    Column("withdrawal_reason", Text),
    Column("version", Integer, nullable=False),
)
# Scores that other deployments published; the version is theirs.
heard_scores = Table(
    "heard_scores",
    metadata,
    Column("id", Id, primary_key=True),
    Column("source", String(64), nullable=False),
    Column("congress", String(6), nullable=False),
    Column("year", Integer, nullable=False, index=True),
    Column("content", JsonText, nullable=False),
    Column("version", Integer, nullable=False),
)
# What the last check of all records found: one row for each sign, rewritten by every check.
record_checks = Table(
    "record_checks",
    metadata,
    Column("sign", String(40), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("checked_at", UtcDateTime, nullable=False),
)
