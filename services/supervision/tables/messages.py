"""Residents' messages, each step of them, and how to reach who wrote them."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from services.chassis.columns import Id, UtcDateTime

from .metadata import dated, identity, metadata, of_project, version

messages = Table(
    "messages",
    metadata,
    identity(),
    of_project(),
    Column("author", String(64)),
    Column("entered_by", String(200)),
    Column("text", Text, nullable=False),
    *dated(),
    Column("state", String(10), nullable=False),
    Column("public_text", Text),
    Column("moderated_on", Date),
    Column("reason_code", String(40)),
    Column("rule_id", Id),
    Column("rule_digest", String(64)),
    Column("unit_id", Id, index=True),
    Column("forwarded_on", Date),
    Column("answered_on", Date),
    Column("answered_by", Id),
    Column("answer_text", Text),
    Column("returns", Integer, nullable=False),
    Column("ended_on", Date),
    Column("opinion_id", Id, ForeignKey("opinions.id")),
    Column("problem_id", Id, ForeignKey("problems.id")),
    version(),
    Index("ix_messages_happened_on_id", "happened_on", "id"),
    Index("ix_messages_author_recorded_at", "author", "recorded_at"),
)
message_acts = Table(
    "message_acts",
    metadata,
    identity(),
    Column("message_id", Id, ForeignKey("messages.id"), nullable=False, index=True),
    Column("act", String(10), nullable=False),
    Column("done_by", String(200)),
    Column("unit_id", Id),
    Column("said", Text),
    *dated(),
    version(),
)
message_contacts = Table(
    "message_contacts",
    metadata,
    Column("message_id", Id, ForeignKey("messages.id"), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    version(),
)
message_contact_readings = Table(
    "message_contact_readings",
    metadata,
    identity(),
    Column("message_id", Id, ForeignKey("messages.id"), nullable=False, index=True),
    Column("read_by", String(200), nullable=False),
    Column("reason", Text, nullable=False),
    Column("read_at", UtcDateTime, nullable=False),
    version(),
)
