"""Problems, opinions, and checks made online."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, String, Table, Text

from services.chassis.columns import Id

from .matters import looped
from .metadata import dated, identity, metadata, of_project, of_visit, version

problems = Table(
    "problems",
    metadata,
    identity(),
    of_project(),
    of_visit(),
    Column("text", Text, nullable=False),
    *dated(),
    Column("deputy_id", Id),
    Column("handled_on", Date),
    Column("handled_by", Id),
    Column("handling_text", Text),
    Column("replied_on", Date),
    Column("replied_by", Id),
    Column("reply_text", Text),
    *looped(),
    version(),
    Index("ix_problems_happened_on_id", "happened_on", "id"),
)
opinions = Table(
    "opinions",
    metadata,
    identity(),
    of_project(),
    Column("deputy_id", Id, nullable=False),
    Column("channel", String(10), nullable=False),
    of_visit(),
    Column("problem_id", Id, ForeignKey("problems.id")),
    Column("text", Text, nullable=False),
    *dated(),
    Column("handled_on", Date),
    Column("handled_by", Id),
    Column("handling_text", Text),
    Column("replied_on", Date),
    Column("replied_by", Id),
    Column("reply_text", Text),
    *looped(),
    version(),
    Index("ix_opinions_happened_on_id", "happened_on", "id"),
    # A deputy's desk asks which replies are hers to judge.
    Index("ix_opinions_deputy_id", "deputy_id"),
)
online_checks = Table(
    "online_checks",
    metadata,
    identity(),
    Column("deputy_id", Id, nullable=False),
    of_project(),
    *dated(),
    version(),
)
