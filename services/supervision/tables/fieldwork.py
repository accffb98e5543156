"""Activities, visits, who took part."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from services.chassis.columns import Id

from .metadata import dated, identity, metadata, of_project, version

activities = Table(
    "activities",
    metadata,
    identity(),
    Column("year", Integer, nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("name", String(120), nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    *dated(),
    version(),
)
visits = Table(
    "visits",
    metadata,
    identity(),
    Column("activity_id", Id, ForeignKey("activities.id"), index=True),
    of_project(),
    Column("kind", String(20), nullable=False),
    Column("place", String(200)),
    *dated(),
    version(),
    Index("ix_visits_happened_on_id", "happened_on", "id"),
)
attendances = Table(
    "attendances",
    metadata,
    identity(),
    Column("visit_id", Id, ForeignKey("visits.id"), nullable=False),
    Column("deputy_id", Id, nullable=False),
    *dated(),
    Column("role", String(20)),
    version(),
    UniqueConstraint("visit_id", "deputy_id"),
)
