"""Look-backs: planned and under way, what was found, their conclusions, what became of it."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
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

#: Only what is concluded; the columns after ``effective`` came later.
look_backs = Table(
    "look_backs",
    metadata,
    identity(),
    Column("project_name", String(120), nullable=False),
    Column("project_year", Integer, nullable=False),
    Column("finding", Text, nullable=False),
    Column("effective", Boolean, nullable=False),
    *dated(),
    Column("project_id", Id, index=True),
    Column("lead_unit_id", Id),
    Column("aspect", String(40)),
    Column("round", String(40)),
    Column("sub_items", Json),
    Column("recommendations", Json),
    Column("settled_on", Date),
    version(),
)
planned_look_backs = Table(
    "planned_look_backs",
    metadata,
    identity(),
    Column("project_id", Id, ForeignKey("projects.id")),
    Column("project_name", String(120), nullable=False),
    Column("project_year", Integer, nullable=False, index=True),
    Column("round", String(40)),
    Column("due_on", Date),
    Column("rule_id", Id),
    Column("rule_digest", String(64)),
    *dated(),
    Column("concluded_on", Date),
    Column("dropped_on", Date),
    Column("dropped_reason", Text),
    version(),
    # Two that plan at once plan it once.
    UniqueConstraint("project_id", "round"),
    Index("ix_planned_look_backs_happened_on_id", "happened_on", "id"),
)


def _of_look_back() -> Column[str]:
    return Column("look_back_id", Id, ForeignKey("planned_look_backs.id"), nullable=False)


look_back_visits = Table(
    "look_back_visits",
    metadata,
    identity(),
    _of_look_back(),
    Column("sequence", Integer, nullable=False),
    Column("group_id", Id, ForeignKey("groups.id")),
    Column("place", String(200), nullable=False),
    Column("division", String(6)),
    Column("deputy_ids", Json, nullable=False),
    Column("unit_ids", Json, nullable=False),
    Column("text", Text, nullable=False),
    *dated(),
    UniqueConstraint("look_back_id", "sequence"),
)
look_back_findings = Table(
    "look_back_findings",
    metadata,
    identity(),
    _of_look_back(),
    Column("sequence", Integer, nullable=False),
    Column("sub_item_id", Id, ForeignKey("sub_items.id")),
    Column("working", String(10), nullable=False),
    Column("operator_unit_id", Id),
    Column("operator_name", String(120)),
    Column("running_yuan", BigInteger),
    Column("running_source", String(120)),
    Column("mechanisms", Json, nullable=False),
    Column("problem_ids", Json, nullable=False),
    Column("recommendations", Json, nullable=False),
    Column("text", Text, nullable=False),
    *dated(),
    Column("settled_on", Date),
    UniqueConstraint("look_back_id", "sequence"),
)
look_back_follow_ups = Table(
    "look_back_follow_ups",
    metadata,
    identity(),
    _of_look_back(),
    Column("finding_id", Id, ForeignKey("look_back_findings.id"), nullable=False),
    Column("unit_id", Id),
    Column("text", Text, nullable=False),
    Column("solved", Boolean, nullable=False),
    *dated(),
    version(),
    Index("ix_look_back_follow_ups_of", "look_back_id", "happened_on", "id"),
)
