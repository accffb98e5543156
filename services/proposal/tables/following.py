"""What authors are told, and how suggestions were matched."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, String, Table

from services.chassis.columns import Id, Json, UtcDateTime

from .metadata import dated, identity, metadata, version

follow_ups = Table(
    "follow_ups",
    metadata,
    identity(),
    Column("suggestion_id", Id, nullable=False),
    Column("milestone", String(40), nullable=False),
    Column("about_id", Id, nullable=False),
    Column("project_id", Id),
    Column("reason", String(40)),
    Column("votes", Json),
    Column("deputy_ids", Json, nullable=False),
    Column("to_author", Boolean, nullable=False),
    *dated(),
    version(),
    # Told once, however often and in whatever order the events come.
    Index(
        "uq_follow_ups_about_id_suggestion_id_milestone",
        "about_id",
        "suggestion_id",
        "milestone",
        unique=True,
    ),
    Index("ix_follow_ups_suggestion_id_happened_on", "suggestion_id", "happened_on"),
)
matches = Table(
    "matches",
    metadata,
    identity(),
    Column("suggestion_id", Id, nullable=False, index=True),
    Column("sub_item_id", Id),
    Column("matched_on", Date, nullable=False),
    Column("matched_by", String(200), nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    version(),
)
