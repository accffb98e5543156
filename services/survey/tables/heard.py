"""Copies of what other services published."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Integer, String, Table, Text

from services.chassis.columns import Id, Json

from .metadata import metadata

heard_projects = Table(
    "heard_projects",
    metadata,
    Column("id", Id, primary_key=True),
    Column("year", Integer, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("sub_items", Json, nullable=False),
    Column("version", Integer, nullable=False),
    Column("lead_unit_id", Id),
    Column("aspect", String(40)),
)
heard_look_backs = Table(
    "heard_look_backs",
    metadata,
    Column("id", Id, primary_key=True),
    Column("project_name", Text, nullable=False),
    Column("project_year", Integer, nullable=False),
    Column("effective", Boolean, nullable=False),
    Column("happened_on", Date, nullable=False),
    Column("version", Integer, nullable=False),
    Column("project_id", Id),
    Column("lead_unit_id", Id),
    Column("aspect", String(40)),
    Column("sub_items", Json),
)
heard_deputies = Table(
    "heard_deputies",
    metadata,
    Column("id", Id, primary_key=True),
    Column("congresses", Json, nullable=False),
    Column("enrolled_on", Date, nullable=False),
    Column("version", Integer, nullable=False),
    Column("delegations", Json),
)
