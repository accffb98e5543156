"""Candidates and shortlists."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, Integer, String, Table, Text

from services.chassis.columns import Id, Json, UtcDateTime

from .metadata import identity, metadata, version

candidates = Table(
    "candidates",
    metadata,
    identity(),
    Column("year", Integer, nullable=False, index=True),
    Column("name", String(120), nullable=False),
    Column("description", Text, nullable=False),
    Column("aspect", String(40), nullable=False),
    Column("lead_unit_id", Id, nullable=False),
    Column("total_yuan", BigInteger, nullable=False),
    Column("year_yuan", BigInteger, nullable=False),
    Column("funding_source", String(200), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("sub_items", Json, nullable=False),
    Column("suggested_project_ids", Json, nullable=False),
    Column("opinions", Json, nullable=False),
    Column("happened_on", Date, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    version(),
)
shortlists = Table(
    "shortlists",
    metadata,
    identity(),
    Column("year", Integer, nullable=False, index=True),
    Column("candidate_ids", Json, nullable=False),
    Column("candidates", Json),
    Column("adopted_by", String(200)),
    Column("adopted_on", Date),
    Column("happened_on", Date, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    version(),
)
