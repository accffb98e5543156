"""Implementation plans and what was reached of them."""

from __future__ import annotations

from sqlalchemy import Column, Date, Integer, Table, Text, UniqueConstraint

from services.chassis.columns import Id, Json

from .metadata import dated, identity, metadata, of_project, version

plans = Table(
    "plans",
    metadata,
    identity(),
    of_project(),
    Column("number", Integer, nullable=False),
    Column("content", Json, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("reason", Text, nullable=False),
    Column("change_id", Id),
    Column("unit_id", Id, nullable=False),
    *dated(),
    version(),
    UniqueConstraint("project_id", "number"),
)
