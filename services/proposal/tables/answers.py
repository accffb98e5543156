"""Handovers, answers, judgements of them, and deadlines."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table, Text, text

from services.chassis.columns import Id, Json, UtcDateTime

from .metadata import dated, identity, metadata, version

_OPEN = text("ended_on IS NULL")

handovers = Table(
    "handovers",
    metadata,
    identity(),
    Column("project_id", Id, nullable=False, index=True),
    Column("unit_id", Id, nullable=False),
    Column("role", String(20), nullable=False),
    Column("document_number", String(60)),
    *dated(),
    Column("return_until", Date),
    Column("returned_on", Date),
    Column("return_reason", Text),
    Column("opinion", Text),
    Column("opinion_on", Date),
    Column("ended_on", Date),
    Column("returned_by", String(200)),
    Column("opinion_by", String(200)),
    version(),
)
answers = Table(
    "answers",
    metadata,
    identity(),
    Column("suggestion_id", Id, nullable=False, index=True),
    Column("project_id", Id, index=True),
    Column("unit_id", Id, nullable=False),
    Column("text", Text, nullable=False),
    Column("result", String(1), nullable=False),
    Column("promised_on", Date),
    Column("deputy_ids", Json, nullable=False),
    Column("to_author", Boolean, nullable=False),
    Column("number", Integer, nullable=False),
    *dated(),
    Column("given_by", String(200)),
    version(),
)
answer_judgements = Table(
    "answer_judgements",
    metadata,
    identity(),
    Column("answer_id", Id, nullable=False),
    Column("suggestion_id", Id, nullable=False, index=True),
    Column("judge", String(64), nullable=False),
    Column("judgement", String(20), nullable=False),
    Column("reason", Text),
    *dated(),
    Column("recorded_by", String(200)),
    version(),
    Index("uq_answer_judgements_answer_id_judge", "answer_id", "judge", unique=True),
)
deadlines = Table(
    "deadlines",
    metadata,
    identity(),
    Column("kind", String(20), nullable=False),
    Column("subject_id", Id, nullable=False, index=True),
    Column("suggestion_id", Id, index=True),
    Column("project_id", Id, index=True),
    Column("unit_id", Id),
    Column("code", String(20), nullable=False),
    Column("begins", String(20), nullable=False),
    Column("amount", Integer),
    Column("unit", String(20)),
    Column("over_holidays", Boolean, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("starts_at", UtcDateTime),
    Column("due_on", Date, nullable=False),
    Column("due_at", UtcDateTime),
    Column("provisional", Boolean, nullable=False),
    Column("rule_id", Id),
    Column("rule_digest", String(64)),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("extended_on", Date),
    Column("extension_reason", Text),
    Column("ended_on", Date),
    Column("extended_by", String(200)),
    version(),
    Index("ix_deadlines_due_on_id", "due_on", "id"),
    # What is listed as overdue today, and counted at every scrape: the few that are open.
    Index("ix_deadlines_open", "due_on", "id", "kind", sqlite_where=_OPEN, postgresql_where=_OPEN),
)
