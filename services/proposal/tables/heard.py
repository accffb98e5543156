"""Copies of what other services own, from their events."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table

from services.chassis.columns import Id, Json

from .metadata import identity, metadata, version

voted_sub_items = Table(
    "voted_sub_items",
    metadata,
    identity(),
    Column("project_id", Id, nullable=False, index=True),
    Column("project_name", String(120), nullable=False),
    Column("name", String(120), nullable=False),
    Column("year", Integer, nullable=False),
    Column("certified_on", Date, nullable=False),
    version(),
)
#: Deputies of this jurisdiction's congress, without their names.
deputies = Table(
    "deputies",
    metadata,
    identity(),
    Column("congress", String(6), nullable=False),
    Column("level", String(20), nullable=False),
    Column("delegation", String(120), nullable=False),
    version(),
)
heard_results = Table(
    "heard_results",
    metadata,
    identity(),
    Column("ballot_id", Id, nullable=False),
    Column("year", Integer, nullable=False),
    Column("name", String(120), nullable=False),
    Column("chosen", Boolean, nullable=False),
    Column("reason", String(40)),
    Column("round", Integer),
    Column("approve", Integer),
    Column("oppose", Integer),
    Column("abstain", Integer),
    Column("certified_on", Date, nullable=False),
    version(),
    Index("ix_heard_results_year_name", "year", "name"),
)
heard_projects = Table(
    "heard_projects",
    metadata,
    identity(),
    Column("year", Integer, nullable=False),
    Column("name", String(120), nullable=False),
    Column("heard", Integer, nullable=False),
    Column("completed_on", Date),
    Column("sub_item_ids", Json, nullable=False),
    Column("progress", Json, nullable=False),
    Column("scores", Json, nullable=False),
    version(),
)
heard_look_backs = Table(
    "heard_look_backs",
    metadata,
    identity(),
    Column("project_name", String(120), nullable=False),
    Column("project_year", Integer, nullable=False),
    Column("effective", Boolean, nullable=False),
    Column("happened_on", Date, nullable=False),
    version(),
    Index("ix_heard_look_backs_project_year_project_name", "project_year", "project_name"),
)
