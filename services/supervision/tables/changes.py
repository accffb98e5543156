"""Changes of projects, and lights set by hand."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, String, Table, Text, text

from services.chassis.columns import Id, Json

from .metadata import dated, identity, metadata, of_project, version

_PROPOSED = text("state = 'proposed'")

changes = Table(
    "changes",
    metadata,
    identity(),
    of_project(),
    Column("kind", String(10), nullable=False),
    Column("content", Json),
    Column("deferred_until", Date),
    Column("ground", String(40), nullable=False),
    Column("reason", Text, nullable=False),
    Column("unit_id", Id, nullable=False),
    Column("majors", Json, nullable=False),
    Column("decider", String(20)),
    Column("steps", Json, nullable=False),
    Column("rule_id", Id),
    Column("rule_digest", String(64), nullable=False),
    Column("state", String(10), nullable=False),
    *dated(),
    Column("effective_on", Date),
    Column("decided_on", Date),
    Column("decided_by", String(20)),
    Column("decision_document", String(120)),
    Column("decision_text", Text),
    Column("announced_on", Date),
    Column("announcement_document", String(120)),
    Column("reported_on", Date),
    Column("report_document", String(120)),
    Column("reported_to", String(200)),
    Column("withdrawn_on", Date),
    version(),
    # Two that wait for a decision at once would each be about a plan that the other changes.
    Index(
        "ux_changes_proposed",
        "project_id",
        unique=True,
        sqlite_where=_PROPOSED,
        postgresql_where=_PROPOSED,
    ),
)
light_overrides = Table(
    "light_overrides",
    metadata,
    identity(),
    of_project(),
    Column("code", String(40), nullable=False),
    Column("name", String(60), nullable=False),
    Column("colour", String(20), nullable=False),
    Column("reason", Text, nullable=False),
    Column("decided_by", String(120), nullable=False),
    Column("until", Date, nullable=False),
    *dated(),
    Column("lifted_on", Date),
    Column("lift_reason", Text),
    version(),
)
