"""What opinions and problems have in common: their way through the loop, and what it leaves."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from services.chassis.columns import Id, Json

from .metadata import dated, identity, metadata, of_project, version


def located() -> tuple[Column[Any], ...]:
    """A place: the point in WGS-84, and beside it as it was given, in its datum."""
    return (
        Column("division", String(6)),
        Column("longitude", Float),
        Column("latitude", Float),
        Column("datum", String(10)),
        Column("given_longitude", Float),
        Column("given_latitude", Float),
    )


def looped() -> tuple[Column[Any], ...]:
    """Where a matter stands in the loop; all empty in rows of the release before."""
    return (
        Column("kind", String(40)),
        Column("class", String(10)),
        Column("state", String(10)),
        Column("unit_id", Id, index=True),
        *located(),
        Column("routed_on", Date),
        Column("accepted_on", Date),
        Column("acted_by", String(200)),
        Column("claimed_on", Date),
        Column("confirmed_on", Date),
        Column("result", String(1)),
        Column("promised_on", Date),
        Column("judgement", String(10)),
        Column("judged_on", Date),
        Column("closed_on", Date),
        Column("talked_on", Date),
        Column("published_on", Date),
        Column("joint_id", Id, index=True),
        Column("round", Integer),
        Column("round_on", Date),
        Column("handled_round", Integer),
        Column("replies", Integer),
        Column("answered_on", Date),
    )


def of_matter() -> tuple[Column[Any], ...]:
    """Of which register (opinion, problem), of which matter in it, on which project."""
    return (
        Column("register", String(10), nullable=False),
        Column("matter_id", Id, nullable=False, index=True),
        of_project(),
    )


def by_rule() -> tuple[Column[Any], ...]:
    """Under which rule; no id for a shipped one."""
    return Column("rule_id", Id), Column("rule_digest", String(64))


routings = Table(
    "routings",
    metadata,
    identity(),
    *of_matter(),
    Column("unit_id", Id, nullable=False, index=True),
    Column("role", String(12), nullable=False),
    Column("basis", String(60), nullable=False),
    Column("reason", Text),
    Column("routed_by", String(200)),
    Column("return_until", Date),
    Column("accepted_on", Date),
    Column("accepted_by", String(200)),
    Column("returned_on", Date),
    Column("return_reason", Text),
    Column("returned_by", String(200)),
    Column("opinion", Text),
    Column("opinion_on", Date),
    Column("opinion_by", String(200)),
    Column("ended_on", Date),
    *by_rule(),
    *dated(),
    version(),
)
replies = Table(
    "replies",
    metadata,
    identity(),
    *of_matter(),
    Column("unit_id", Id, nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("result", String(1)),
    Column("promised_on", Date),
    Column("solved", Boolean, nullable=False),
    Column("given_by", String(200)),
    *by_rule(),
    *dated(),
    version(),
    UniqueConstraint("matter_id", "number"),
)
judgements = Table(
    "judgements",
    metadata,
    identity(),
    Column("reply_id", Id, nullable=False, unique=True),
    *of_matter(),
    Column("unit_id", Id, nullable=False),
    Column("deputy_id", Id, nullable=False),
    Column("judgement", String(10), nullable=False),
    Column("reason", Text),
    Column("recorded_by", String(200)),
    *dated(),
    version(),
)
confirmations = Table(
    "confirmations",
    metadata,
    identity(),
    *of_matter(),
    Column("handler_id", Id),
    Column("confirmer_kind", String(10), nullable=False),
    Column("confirmer", String(200), nullable=False),
    Column("solved", Boolean, nullable=False),
    Column("text", Text),
    Column("waiver", Text),
    Column("recorded_by", String(200)),
    *dated(),
    version(),
)
#: Single steps that leave no more than a day and words: handled, closed, reopened, talked …
matter_acts = Table(
    "matter_acts",
    metadata,
    identity(),
    *of_matter(),
    Column("act", String(12), nullable=False),
    Column("unit_id", Id),
    Column("text", Text),
    Column("done_by", String(200)),
    *dated(),
    version(),
)
joint_handlings = Table(
    "joint_handlings",
    metadata,
    identity(),
    Column("register", String(10), nullable=False),
    Column("unit_id", Id, nullable=False, index=True),
    Column("name", String(120), nullable=False),
    Column("reason", Text, nullable=False),
    Column("member_ids", Json, nullable=False),
    Column("formed_by", String(200)),
    *dated(),
    version(),
)
snaps = Table(
    "snaps",
    metadata,
    identity(),
    Column("deputy_id", Id, nullable=False),
    Column("text", String(500), nullable=False),
    Column("kind", String(40)),
    Column("state", String(10), nullable=False, index=True),
    Column("project_id", Id, ForeignKey("projects.id"), index=True),
    Column("opinion_id", Id),
    Column("site_code", String(40)),
    Column("distance_m", Integer),
    *located(),
    Column("similar_ids", Json, nullable=False),
    Column("assigned_on", Date),
    Column("assigned_by", String(200)),
    Column("declined_reason", Text),
    *by_rule(),
    *dated(),
    version(),
    Index("ix_snaps_deputy_id_recorded_at", "deputy_id", "recorded_at"),
    Index("ix_snaps_happened_on_id", "happened_on", "id"),
)
escalations = Table(
    "escalations",
    metadata,
    identity(),
    Column("deadline_id", Id, ForeignKey("deadlines.id"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("code", String(20), nullable=False),
    Column("subject_id", Id, nullable=False, index=True),
    Column("project_id", Id, index=True),
    Column("unit_id", Id, index=True),
    Column("step", String(40), nullable=False),
    Column("public", Boolean, nullable=False),
    Column("due_on", Date, nullable=False),
    *by_rule(),
    *dated(),
    version(),
    UniqueConstraint("deadline_id", "step"),
    Index("ix_escalations_happened_on_id", "happened_on", "id"),
)
