"""Questionnaires."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Table

from services.chassis.columns import Id, Json, UtcDateTime

from .metadata import metadata

questionnaires = Table(
    "questionnaires",
    metadata,
    Column("id", Id, primary_key=True),
    Column("year", Integer, nullable=False, index=True),
    Column("title", String(120), nullable=False),
    Column("congress", String(6), nullable=False),
    Column("audience", String(40)),
    Column("method_id", Id, ForeignKey("assessment_methods.id"), nullable=False),
    Column("opens_on", Date),
    Column("closes_on", Date),
    Column("items", Json, nullable=False),
    Column("look_backs", Json, nullable=False),
    Column("eligible", Integer),
    Column("opened_on", Date),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("closed_on", Date),
    Column("published_on", Date),
    Column("basis", Json),
    # NULL in a row of the release before: one grade for every line.
    Column("questions", Json),
    Column("form_version", Integer, nullable=False, server_default="1"),
    Column("item_kinds", Json),
    Column("item_ids", Json),
    Column("follows", Id, ForeignKey("questionnaires.id")),
    Column("drafted_on", Date),
    Column("template_id", Id, ForeignKey("questionnaire_templates.id")),
    Column("version", Integer, nullable=False),
)
# What the release before kept, moved by the migration 0004; it goes a release later.
former_tallies = Table(
    "tallies",
    metadata,
    Column("questionnaire_id", Id, ForeignKey("questionnaires.id"), primary_key=True),
    Column("answered", Json, nullable=False),
    Column("counts", Json, nullable=False),
)
