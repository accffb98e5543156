"""Results of evaluations and appraisals."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from services.chassis.columns import Id, Json

from .metadata import dated, identity, metadata, version

evaluations = Table(
    "evaluations",
    metadata,
    identity(),
    Column("subject", String(10), nullable=False),
    Column("project_id", Id, ForeignKey("projects.id"), index=True),
    Column("unit_id", Id, index=True),
    Column("year", Integer, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("made_by", String(200), nullable=False),
    Column("text", Text, nullable=False),
    Column("terms", Json, nullable=False),
    Column("counted", Json, nullable=False),
    Column("exact", Text),
    Column("score", String(40)),
    Column("grade", String(40)),
    Column("hash", String(64), nullable=False),
    Column("rule_id", Id),
    Column("rule_digest", String(64), nullable=False),
    Column("supersedes", Id, ForeignKey("evaluations.id")),
    Column("reason", Text),
    *dated(),
    version(),
    UniqueConstraint("supersedes"),
    Index("ix_evaluations_year_as_of_id", "year", "as_of", "id"),
)
