"""Handovers, answers, judgements of them, and deadlines."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table, Text

from services.chassis.columns import Id, Json
from services.chassis.deadlines import deadlines_table

from .metadata import dated, identity, metadata, version

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
deadlines = deadlines_table(metadata, "suggestion_id", "project_id")
