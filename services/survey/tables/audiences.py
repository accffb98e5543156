"""Audiences, and what is kept of their answers; the model's modules say why in these shapes."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, String, Table, Text

from services.chassis.columns import Id, Json, UtcDateTime

from .metadata import metadata

audiences = Table(
    "audiences",
    metadata,
    Column("id", Id, primary_key=True),
    Column("questionnaire_id", Id, ForeignKey("questionnaires.id"), nullable=False, index=True),
    Column("group_code", String(40), nullable=False),
    Column("title", String(120), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("sampling", String(20), nullable=False),
    Column("item_ids", Json),
    Column("deputies", Json),
    Column("by_delegation", Boolean, nullable=False),
    Column("opens_on", Date, nullable=False),
    Column("closes_on", Date, nullable=False),
    Column("replaceable", Boolean, nullable=False),
    Column("eligible", Integer),
    Column("issued", Integer),
    Column("present", Integer),
    Column("quotas", Json, nullable=False),
    Column("limits", Json, nullable=False),
    Column("opened_on", Date),
    Column("closed_on", Date),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("version", Integer, nullable=False),
)
# One row per audience, without a version and a time.
rolls = Table(
    "rolls",
    metadata,
    Column("audience_id", Id, ForeignKey("audiences.id"), primary_key=True),
    Column("answered", Json, nullable=False),
    Column("cells", Json, nullable=False),
)
# One row per audience and cell, made when it is opened; neither version nor time.
tallies = Table(
    "cell_tallies",
    metadata,
    Column("audience_id", Id, ForeignKey("audiences.id"), primary_key=True),
    Column("cell", String(500), primary_key=True),
    Column("returned", Integer, nullable=False),
    Column("straight", Json, nullable=False),
    Column("counts", Json, nullable=False),
    Column("seal", String(64), nullable=False),
)
named_answers = Table(
    "named_answers",
    metadata,
    Column("audience_id", Id, ForeignKey("audiences.id"), primary_key=True),
    Column("respondent", Id, primary_key=True),
    Column("reading", Json, nullable=False),
)
comment_pages = Table(
    "comment_pages",
    metadata,
    Column("id", Id, primary_key=True),
    Column("audience_id", Id, ForeignKey("audiences.id"), nullable=False, index=True),
    Column("key", Text, nullable=False),
    Column("open", Boolean, nullable=False),
    Column("texts", Json, nullable=False),
)
