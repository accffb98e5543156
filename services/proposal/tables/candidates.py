"""Candidates, their former versions, and shortlists."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

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
    # Since the second release: nullable, or with a default of the server's.
    Column("goal", Text),
    Column("co_unit_ids", Json, nullable=False, server_default="[]"),
    Column("sources", Json, nullable=False, server_default="[]"),
    Column("years", Json, nullable=False, server_default="[]"),
    Column("places", Json, nullable=False, server_default="[]"),
    Column("urgency", String(40)),
    Column("stages", Json, nullable=False, server_default="[]"),
    Column("supporting", Text),
    Column("operation", Text),
    Column("pool_entry_id", Id),
    Column("state", String(20), nullable=False, server_default="proposed"),
    Column("revision", Integer, nullable=False, server_default="1"),
    Column("revised_on", Date),
    Column("screenings", Json, nullable=False, server_default="[]"),
    version(),
    Index("ix_candidates_year_state", "year", "state"),
)
candidate_versions = Table(
    "candidate_versions",
    metadata,
    identity(),
    Column("candidate_id", Id, nullable=False),
    Column("number", Integer, nullable=False),
    Column("content", Json, nullable=False),
    Column("reason", Text, nullable=False),
    Column("replaced_by", String(200), nullable=False),
    Column("replaced_on", Date, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    version(),
    UniqueConstraint("candidate_id", "number"),
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
    Column("seats", Integer),
    Column("digest", String(64)),
    Column("rule", Json),
    Column("stages", Json, nullable=False, server_default="[]"),
    version(),
)
#: The same as ``suggested_project_ids`` for the database to join by.
candidate_suggested_projects = Table(
    "candidate_suggested_projects",
    metadata,
    Column("candidate_id", Id, primary_key=True),
    Column("project_id", Id, primary_key=True, index=True),
    sqlite_with_rowid=False,
)
