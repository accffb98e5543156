"""Findings of visits, and check-ins."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, String, Table, Text

from services.chassis.columns import Id

from .metadata import dated, identity, metadata, of_project, of_visit, version

findings = Table(
    "findings",
    metadata,
    identity(),
    Column("visit_id", Id, ForeignKey("visits.id"), nullable=False, index=True),
    of_project(),
    Column("deputy_id", Id),
    Column("text", Text, nullable=False),
    *dated(),
    Column("problem_id", Id, ForeignKey("problems.id")),
    Column("opinion_id", Id, ForeignKey("opinions.id")),
    version(),
    Index("ix_findings_happened_on_id", "happened_on", "id"),
)
check_ins = Table(
    "check_ins",
    metadata,
    identity(),
    Column("deputy_id", Id, nullable=False, index=True),
    of_project(),
    of_visit(),
    Column("site_code", String(40)),
    Column("distance", Integer),
    Column("division", String(6)),
    Column("longitude", Float),
    Column("latitude", Float),
    Column("datum", String(10)),
    Column("given_longitude", Float),
    Column("given_latitude", Float),
    *dated(),
    version(),
    Index("ix_check_ins_happened_on_id", "happened_on", "id"),
)
