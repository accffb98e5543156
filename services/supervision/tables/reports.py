"""The annual report and its texts."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Table, Text

from services.chassis.columns import Id

from .metadata import dated, identity, metadata, version

report_texts = Table(
    "report_texts",
    metadata,
    identity(),
    Column("year", Integer, nullable=False, index=True),
    Column("section", String(20), nullable=False),
    Column("heading", String(120), nullable=False),
    Column("text", Text, nullable=False),
    Column("project_id", Id, ForeignKey("projects.id")),
    *dated(),
    version(),
)
reports = Table(
    "reports",
    metadata,
    identity(),
    Column("year", Integer, nullable=False, unique=True),
    Column("title", String(120), nullable=False),
    Column("completed_by", Date, nullable=False),
    *dated(),
    version(),
)
