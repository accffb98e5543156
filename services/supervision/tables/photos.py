"""Photos, by which bands of their hashes those that look alike are found, and what is shown."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from services.chassis.columns import Id, Json, UtcDateTime

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
    Column("published_on", Date),
    version(),
    UniqueConstraint("subject_id", "subject_kind", "position"),
    UniqueConstraint("subject_id", "subject_kind", "sha256"),
    Index("ix_photos_happened_on_id", "happened_on", "id"),
)
#: Seven rows a photo: see ``model.likeness``.
photo_bands = Table(
    "photo_bands",
    metadata,
    Column("band", Integer, primary_key=True, autoincrement=False),
    Column("photo_id", Id, ForeignKey("photos.id"), primary_key=True),
)
photo_likenesses = Table(
    "photo_likenesses",
    metadata,
    identity(),
    Column("photo_id", Id, ForeignKey("photos.id"), nullable=False),
    Column("earlier_id", Id, ForeignKey("photos.id"), nullable=False, index=True),
    Column("distance", Integer, nullable=False),
    Column("rule_id", Id),
    Column("rule_digest", String(64), nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("judgement", String(10)),
    Column("reason", Text),
    Column("judged_by", String(200)),
    Column("judged_on", Date),
    version(),
    UniqueConstraint("photo_id", "earlier_id"),
)
photo_redactions = Table(
    "photo_redactions",
    metadata,
    identity(),
    Column("sha256", String(64), nullable=False),
    Column("number", Integer, nullable=False),
    Column("rectangles", Json, nullable=False),
    Column("made", String(64), nullable=False),
    Column("reason", Text, nullable=False),
    Column("redacted_by", String(200), nullable=False),
    *dated(),
    version(),
    UniqueConstraint("sha256", "number"),
)
photo_publications = Table(
    "photo_publications",
    metadata,
    identity(),
    Column("photo_id", Id, ForeignKey("photos.id"), nullable=False, index=True),
    Column("published", Boolean, nullable=False),
    Column("redaction_id", Id, ForeignKey("photo_redactions.id")),
    Column("reason", Text, nullable=False),
    Column("decided_by", String(200), nullable=False),
    *dated(),
    version(),
)
