"""What was done with suggestions, and who stands behind them."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Column, Date, Index, Integer, String, Table, Text
from sqlalchemy.orm import Session

from services.chassis.columns import Id, Json, UtcDateTime

from .metadata import dated, identity, metadata, version


def _suggestion() -> Column[str]:
    return Column("suggestion_id", Id, nullable=False, index=True)


sortings = Table(
    "sortings",
    metadata,
    identity(),
    _suggestion(),
    Column("outcome", String(20), nullable=False),
    Column("aspect_before", String(40), nullable=False),
    Column("aspect_after", String(40), nullable=False),
    Column("reason", Text),
    Column("reason_code", String(40)),
    Column("checks", Json),
    Column("rule_id", Id),
    Column("rule_digest", String(64), nullable=False),
    Column("sorted_by", String(200), nullable=False),
    *dated(),
    version(),
)
suggestion_versions = Table(
    "suggestion_versions",
    metadata,
    identity(),
    Column("suggestion_id", Id, nullable=False),
    Column("number", Integer, nullable=False),
    Column("content", Json, nullable=False),
    Column("by", String(10), nullable=False),
    Column("corrected_on", Date, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    version(),
    Index("uq_suggestion_versions_suggestion_id_number", "suggestion_id", "number", unique=True),
)
cosignatures = Table(
    "cosignatures",
    metadata,
    identity(),
    Column("suggestion_id", Id, nullable=False),
    Column("deputy_id", Id, nullable=False),
    *dated(),
    version(),
    Index("uq_cosignatures_suggestion_id_deputy_id", "suggestion_id", "deputy_id", unique=True),
)
comments = Table(
    "comments",
    metadata,
    identity(),
    _suggestion(),
    Column("deputy_id", Id, nullable=False),
    Column("text", Text, nullable=False),
    *dated(),
    version(),
)
#: One row per person: not who, not when, and nothing that is the same at another suggestion.
supports = Table(
    "supports",
    metadata,
    Column("suggestion_id", Id, primary_key=True),
    Column("person", String(64), primary_key=True),
)


def drop_support(session: Session, suggestion_id: str, person: str) -> bool:
    """Delete a supporter's row; False if there is none."""
    row = supports.c.suggestion_id == suggestion_id, supports.c.person == person
    return bool(session.connection().execute(sa.delete(supports).where(*row)).rowcount)
