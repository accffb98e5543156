"""Runs of clustering, what they found, and how people moved it."""

from __future__ import annotations

import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.work import get
from services.commons.errors import NotFound

from ..model.cluster import Cluster, ClusterMember, ClusterMove, ClusterRun
from ..tables.clusters import cluster_members, cluster_moves, cluster_runs, clusters

Query = sa.Select[Any]


def get_run(session: Session, id_: str) -> ClusterRun:
    """One run."""
    return get(session, ClusterRun, id_)


def list_runs(params: dict[str, Any]) -> Query:
    """Runs in the order of their ends."""
    query = sa.select(ClusterRun).order_by(cluster_runs.c.finished_at, cluster_runs.c.id)
    return query.where(cluster_runs.c.year == params["year"]) if "year" in params else query


def newest_run(session: Session, year: int, aspect: str | None) -> ClusterRun | None:
    """The last run over the same year and aspect."""
    same = cluster_runs.c.aspect.is_(None) if aspect is None else cluster_runs.c.aspect == aspect
    query = sa.select(ClusterRun).where(cluster_runs.c.year == year, same)
    query = query.order_by(cluster_runs.c.finished_at.desc(), cluster_runs.c.id).limit(1)
    return session.scalars(query).first()


def get_cluster(session: Session, id_: str) -> Cluster:
    """One cluster; NotFound without it."""
    found = session.get(Cluster, str(uuid.UUID(id_)))
    if found is None:
        raise NotFound("not-found", "there is no such Cluster", "未找到所指的内容")
    return found


def list_clusters(params: dict[str, Any]) -> Query:
    """A run's clusters by number."""
    query = sa.select(Cluster).order_by(clusters.c.number, clusters.c.id)
    query = query.where(clusters.c.run_id == params["run_id"])
    return query.where(clusters.c.aspect == params["aspect"]) if "aspect" in params else query


def list_members(params: dict[str, Any]) -> Query:
    """A cluster's members."""
    query = sa.select(ClusterMember).order_by(cluster_members.c.suggestion_id)
    return query.where(cluster_members.c.cluster_id == params["cluster_id"])


def list_moves(params: dict[str, Any]) -> Query:
    """Moves in the order in which they were recorded."""
    order = cluster_moves.c.recorded_at, cluster_moves.c.id
    query = sa.select(ClusterMove).order_by(*order)
    return query.where(cluster_moves.c.year == params["year"]) if "year" in params else query


def moves_of(session: Session, year: int) -> list[ClusterMove]:
    """All moves of a year, in that order."""
    return list(session.scalars(list_moves({"year": year})))
