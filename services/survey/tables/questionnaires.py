"""Questionnaires and their counts."""

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
    Column("audience", String(20), nullable=False),
    Column("method_id", Id, ForeignKey("assessment_methods.id"), nullable=False),
    Column("opens_on", Date, nullable=False),
    Column("closes_on", Date, nullable=False),
    Column("items", Json, nullable=False),
    Column("look_backs", Json, nullable=False),
    Column("eligible", Integer, nullable=False),
    Column("opened_on", Date, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("closed_on", Date),
    Column("published_on", Date),
    Column("basis", Json),
    Column("version", Integer, nullable=False),
)
# One row per questionnaire, without a version and a time; model/tally.py says why.
tallies = Table(
    "tallies",
    metadata,
    Column("questionnaire_id", Id, ForeignKey("questionnaires.id"), primary_key=True),
    Column("answered", Json, nullable=False),
    Column("counts", Json, nullable=False),
)
