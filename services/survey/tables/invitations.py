"""Invitations, their flags, reminders, open links and quotas; the model says why in these shapes.

Nothing that an answer writes here has a time, a version or a row of its own.
"""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Integer, LargeBinary, String, Table, Text

from services.chassis.columns import Id, Json, UtcDateTime

from .metadata import metadata

invitations = Table(
    "invitations",
    metadata,
    Column("audience_id", Id, ForeignKey("audiences.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("unit", String(60), nullable=False),
    Column("cell", Text, nullable=False),
    Column("token_hash", LargeBinary(32), unique=True),
)
invitation_pages = Table(
    "invitation_pages",
    metadata,
    Column("audience_id", Id, ForeignKey("audiences.id"), primary_key=True),
    Column("page", Integer, primary_key=True, autoincrement=False),
    Column("answered", Json, nullable=False),
)
reminders = Table(
    "reminders",
    metadata,
    Column("id", Id, primary_key=True),
    Column("audience_id", Id, ForeignKey("audiences.id"), nullable=False, index=True),
    Column("round", Integer, nullable=False),
    Column("happened_on", Date, nullable=False),
    Column("count", Integer, nullable=False),
    Column("reminded_by", String(200), nullable=False),
    Column("reason", String(500), nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("version", Integer, nullable=False),
)
links = Table(
    "links",
    metadata,
    Column("id", Id, primary_key=True),
    Column("audience_id", Id, ForeignKey("audiences.id"), nullable=False, index=True),
    Column("code", String(20), nullable=False, unique=True),
    Column("label", String(120), nullable=False),
    Column("site", String(40)),
    Column("project_id", Id),
    Column("limits", Json, nullable=False),
    Column("opened_on", Date, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("closed_on", Date),
    Column("version", Integer, nullable=False),
)
link_counts = Table(
    "link_counts",
    metadata,
    Column("link_id", Id, ForeignKey("links.id"), primary_key=True),
    Column("days", Json, nullable=False),
)
network_counts = Table(
    "network_counts",
    metadata,
    Column("audience_id", Id, ForeignKey("audiences.id"), primary_key=True),
    Column("hour", String(13), nullable=False),
    Column("networks", Json, nullable=False),
)
quota_counts = Table(
    "quota_counts",
    metadata,
    Column("audience_id", Id, ForeignKey("audiences.id"), primary_key=True),
    Column("counts", Json, nullable=False),
    Column("screened", Json, nullable=False),
)
