"""Frames, their contacts apart from them, and what was drawn from them."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from services.chassis.columns import Id, Json, UtcDateTime

from .metadata import metadata

sampling_frames = Table(
    "sampling_frames",
    metadata,
    Column("id", Id, primary_key=True),
    Column("title", String(120), nullable=False),
    Column("unit", String(20), nullable=False),
    Column("strata", Json, nullable=False),
    Column("source", String(200), nullable=False),
    Column("keep_days", Integer, nullable=False),
    Column("announced_on", Date, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("loaded_on", Date),
    Column("size", Integer),
    Column("cells", Json),
    Column("digest", String(64)),
    Column("has_contacts", Boolean, nullable=False),
    Column("purged_on", Date),
    Column("version", Integer, nullable=False),
)
frame_units = Table(
    "frame_units",
    metadata,
    Column("frame_id", Id, ForeignKey("sampling_frames.id"), primary_key=True),
    Column("unit", String(60), primary_key=True),
    Column("cell", Text, nullable=False),
    sqlite_with_rowid=False,
)
frame_contacts = Table(
    "frame_contacts",
    metadata,
    Column("frame_id", Id, ForeignKey("sampling_frames.id"), primary_key=True),
    Column("unit", String(60), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
frame_contact_readings = Table(
    "frame_contact_readings",
    metadata,
    Column("id", Id, primary_key=True),
    Column("frame_id", Id, ForeignKey("sampling_frames.id"), nullable=False, index=True),
    Column("audience_id", Id),
    Column("unit", String(60)),
    Column("purpose", String(20), nullable=False),
    Column("count", Integer, nullable=False),
    Column("read_by", String(200), nullable=False),
    Column("reason", String(500), nullable=False),
    Column("read_at", UtcDateTime, nullable=False),
    Column("version", Integer, nullable=False),
)
drawings = Table(
    "drawings",
    metadata,
    Column("id", Id, primary_key=True),
    Column("frame_id", Id, ForeignKey("sampling_frames.id"), nullable=False, index=True),
    Column("title", String(120), nullable=False),
    Column("plan", Json, nullable=False),
    Column("commitment", String(64)),
    Column("public_source", String(200)),
    Column("public_on", Date),
    Column("announced_on", Date, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("seed", String(200)),
    Column("drawn_on", Date),
    Column("frame_digest", String(64)),
    Column("strata", Json),
    Column("audience_id", Id, ForeignKey("audiences.id"), unique=True),
    Column("version", Integer, nullable=False),
)
drawn_units = Table(
    "drawn_units",
    metadata,
    Column("drawing_id", Id, ForeignKey("drawings.id"), primary_key=True),
    Column("unit", String(60), primary_key=True),
    Column("cell", Text, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("reason", String(40)),
    Column("replaced_on", Date),
    Index("ix_drawn_units_drawing_id_cell_rank", "drawing_id", "cell", "rank"),
)
