"""What assessments found below the adopted line, put right by units."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table

from services.chassis.columns import Id, Json

from .metadata import dated, identity, metadata, version

rectifications = Table(
    "rectifications",
    metadata,
    identity(),
    Column("questionnaire_id", Id, nullable=False, index=True),
    Column("year", Integer, nullable=False, index=True),
    # No foreign key: the project may be told of later, or never.
    Column("project_id", Id, index=True),
    Column("item_id", Id),
    Column("item_kind", String(20), nullable=False),
    Column("item_name", String(200), nullable=False),
    Column("former_year", Integer),
    Column("measure", String(20), nullable=False),
    Column("value", String(80)),
    Column("percent", String(20)),
    Column("line", String(80)),
    Column("inclusive", Boolean),
    Column("grade", String(40)),
    Column("then", Json, nullable=False),
    Column("times", Integer, nullable=False),
    Column("method_id", Id, nullable=False),
    Column("method_title", String(200), nullable=False),
    Column("unit_id", Id, index=True),
    *dated(),
    Column("state", String(12), nullable=False),
    Column("round", Integer, nullable=False),
    Column("steps", Json, nullable=False),
    Column("reported_on", Date),
    Column("confirmed_on", Date),
    version(),
    Index("ix_rectifications_happened_on_id", "happened_on", "id"),
)
