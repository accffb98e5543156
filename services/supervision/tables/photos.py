"""Photos, and the pieces of their hashes by which those that look alike are found."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from services.chassis.columns import Id, Json

from .metadata import dated, identity, metadata, version

photos = Table(
    "photos",
    metadata,
    identity(),
    Column("subject_kind", String(20), nullable=False),
    Column("subject_id", Id, nullable=False),
    Column("project_id", Id, index=True),
    Column("position", Integer, nullable=False),
    Column("role", String(10), nullable=False),
    Column("sha256", String(64), nullable=False, index=True),
    Column("dhash", String(16), nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("taken_on", Date),
    Column("source", String(10)),
    Column("division", String(6)),
    Column("longitude", Float),
    Column("latitude", Float),
    Column("datum", String(10)),
    Column("given_longitude", Float),
    Column("given_latitude", Float),
    Column("exif", Json),
    *dated(),
    Column("before_id", Id, ForeignKey("photos.id")),
    version(),
    UniqueConstraint("subject_id", "subject_kind", "position"),
    UniqueConstraint("subject_id", "subject_kind", "sha256"),
    Index("ix_photos_happened_on_id", "happened_on", "id"),
)
