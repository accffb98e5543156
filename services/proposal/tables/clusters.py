"""Runs of clustering, what they found, and how people moved it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, select
from sqlalchemy.orm import column_property

from services.chassis.columns import Id, Json, UtcDateTime

from .findable import HIDDEN
from .metadata import dated, identity, metadata, version
from .suggestions import suggestions

cluster_runs = Table(
    "cluster_runs",
    metadata,
    identity(),
    Column("year", Integer, nullable=False),
    Column("aspect", String(40)),
    Column("parameters", Json, nullable=False),
    Column("code_version", String(40), nullable=False),
    Column("input_hash", String(64), nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
    Column("counts", Json, nullable=False),
    Column("agreement", Json, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime, nullable=False),
    version(),
    Index("ix_cluster_runs_year_finished_at", "year", "finished_at"),
)
cluster_moves = Table(
    "cluster_moves",
    metadata,
    identity(),
    Column("year", Integer, nullable=False, index=True),
    Column("run_id", Id, nullable=False),
    Column("suggestion_id", Id, nullable=False),
    Column("other_id", Id, nullable=False),
    Column("verdict", String(10), nullable=False),
    Column("left_id", Id),
    Column("moved_by", String(200), nullable=False),
    *dated(),
    version(),
)
clusters = Table(
    "clusters",
    metadata,
    identity(),
    Column("run_id", Id, nullable=False),
    Column("number", Integer, nullable=False),
    Column("aspect", String(40), nullable=False),
    Column("representative_id", Id, nullable=False),
    Column("size", Integer, nullable=False),
    Index("ix_clusters_run_id_number", "run_id", "number"),
)
# A suggestion that is in none stands alone.
cluster_members = Table(
    "cluster_members",
    metadata,
    Column("run_id", Id, primary_key=True),
    Column("suggestion_id", Id, primary_key=True),
    Column("cluster_id", Id, nullable=False, index=True),
    Column("moved", Boolean, nullable=False),
)


def _shown(column: Column[Any], id_: Column[Any]) -> Any:
    """What a suggestion says now; nothing of one that is hidden."""
    seen = suggestions.c.state.not_in(HIDDEN)
    return column_property(select(column).where(suggestions.c.id == id_, seen).scalar_subquery())


described = {"title": _shown(suggestions.c.title, clusters.c.representative_id)}
members_described = {
    "title": _shown(suggestions.c.title, cluster_members.c.suggestion_id),
    "state": _shown(suggestions.c.state, cluster_members.c.suggestion_id),
}
