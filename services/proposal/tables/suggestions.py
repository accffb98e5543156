"""Suggestions."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Float, Index, Integer, String, Table, Text, text

from services.chassis.columns import Id, Json, UtcDateTime

from .metadata import identity, metadata, version

_ACCEPTED = text("state = 'accepted'")
_UNANSWERED = text("state = 'accepted' AND answered_on IS NULL")

suggestions = Table(
    "suggestions",
    metadata,
    identity(),
    Column("year", Integer, nullable=False),
    Column("author_kind", String(20), nullable=False),
    Column("deputy_id", Id),
    Column("channel", String(20), nullable=False),
    Column("aspect", String(40), nullable=False),
    Column("title", String(120), nullable=False),
    Column("text", Text, nullable=False),
    Column("division", String(6)),
    Column("longitude", Float),
    Column("latitude", Float),
    Column("happened_on", Date, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("state", String(10), nullable=False),
    Column("sorted_on", Date),
    Column("sorted_by", String(200)),
    Column("reason", Text),
    Column("matched_sub_item", Id),
    Column("matched_on", Date),
    Column("matched_by", String(200)),
    # Since the second release: nullable, or with a default of the server's.
    Column("beneficiaries", String(200)),
    Column("round_id", Id),
    Column("activity_id", Id),
    Column("datum", String(10)),
    Column("given_longitude", Float),
    Column("given_latitude", Float),
    Column("attachments", Json),
    Column("author", String(64)),
    Column("entered_by", String(200)),
    Column("source", String(60)),
    Column("source_id", String(120)),
    Column("source_digest", String(64)),
    Column("supporters", Integer, nullable=False, server_default="0"),
    Column("cosigners", Integer, nullable=False, server_default="0"),
    Column("reason_code", String(40)),
    Column("as_sorted", Json),
    Column("withdrawn_on", Date),
    Column("withdrawal", Json),
    Column("answer_due_on", Date),
    Column("answer_due_provisional", Boolean, nullable=False, server_default=text("false")),
    Column("answered_on", Date),
    version(),
    Index("uq_suggestions_source_source_id", "source", "source_id", unique=True),
    Index("ix_suggestions_author", "author"),
    Index("ix_suggestions_activity_id", "activity_id"),
    Index("ix_suggestions_deputy_id", "deputy_id"),
    Index("ix_suggestions_answer_due_on", "answer_due_on"),
    # What is counted at every scrape.
    Index(
        "ix_suggestions_unanswered",
        "answer_due_on",
        sqlite_where=_UNANSWERED,
        postgresql_where=_UNANSWERED,
    ),
    Index("ix_suggestions_matched_sub_item", "matched_sub_item"),
    # What anybody may list without a token, in both orders; the rest is what it is narrowed by.
    Index(
        "ix_suggestions_published",
        *("happened_on", "id", "year", "aspect", "division"),
        sqlite_where=_ACCEPTED,
        postgresql_where=_ACCEPTED,
    ),
    Index(
        "ix_suggestions_supported",
        *("supporters", "id", "year", "aspect", "division"),
        sqlite_where=_ACCEPTED,
        postgresql_where=_ACCEPTED,
    ),
    Index(
        "ix_suggestions_year_state_happened_on",
        *("year", "state", "happened_on", "id", "aspect", "division"),
    ),
    Index("ix_suggestions_happened_on_id", "happened_on", "id"),
)
