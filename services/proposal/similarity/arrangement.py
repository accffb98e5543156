"""The clusters of a run in the database: written once, then moved by hand, member by member."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.commons.aggregate import new_id

from ..tables.clusters import cluster_members, clusters

_PART = 1000


def store(
    session: Session,
    run_id: str,
    found: Sequence[Sequence[str]],
    aspects: Mapping[str, str],
    moved: set[str],
) -> None:
    """Write clusters (members each, the most typical first)."""
    rows, members = [], []
    for number, one in enumerate(found, 1):
        row = _row(run_id, number, aspects[one[0]], one[0], len(one))
        rows.append(row)
        members += [_member(run_id, id_, row["id"], id_ in moved) for id_ in one]
    connection = session.connection()
    for table, values in ((clusters, rows), (cluster_members, members)):
        for start in range(0, len(values), _PART):
            connection.execute(sa.insert(table), values[start : start + _PART])


def cluster_of(session: Session, run_id: str, suggestion_id: str) -> str | None:
    """The cluster that a suggestion is in; None: it stands alone."""
    query = sa.select(cluster_members.c.cluster_id).where(
        cluster_members.c.run_id == run_id, cluster_members.c.suggestion_id == suggestion_id
    )
    found: str | None = session.connection().execute(query).scalar_one_or_none()
    return found


def typical(session: Session, cluster_id: str, without: str) -> str:
    """The most typical member, or another one if that is ``without``."""
    mine = clusters.c.id == cluster_id
    query = sa.select(clusters.c.representative_id).where(mine)
    found: str = session.connection().execute(query).scalar_one()
    return found if found != without else _members(session, cluster_id, without)[0]


def join(session: Session, run_id: str, suggestion_id: str, other_id: str, aspect: str) -> None:
    """Put a suggestion into the cluster of another; a new one if that stood alone.

    ``aspect``: the other's.
    """
    connection = session.connection()
    cluster_id = cluster_of(session, run_id, other_id)
    if cluster_id is None:
        last = sa.select(sa.func.max(clusters.c.number)).where(clusters.c.run_id == run_id)
        number = (connection.execute(last).scalar_one() or 0) + 1
        row = _row(run_id, number, aspect, other_id, 1)
        cluster_id = row["id"]
        connection.execute(sa.insert(clusters), row)
        connection.execute(sa.insert(cluster_members), _member(run_id, other_id, cluster_id, True))
    connection.execute(sa.insert(cluster_members), _member(run_id, suggestion_id, cluster_id, True))
    grown = sa.update(clusters).where(clusters.c.id == cluster_id)
    connection.execute(grown.values(size=clusters.c.size + 1))


def leave(session: Session, run_id: str, suggestion_id: str, cluster_id: str) -> None:
    """Take a suggestion out of its cluster; what is left of a pair stands alone then."""
    connection = session.connection()
    left = _members(session, cluster_id, suggestion_id)
    mine = cluster_members.c.cluster_id == cluster_id
    if len(left) < 2:
        connection.execute(sa.delete(cluster_members).where(mine))
        connection.execute(sa.delete(clusters).where(clusters.c.id == cluster_id))
        return
    gone = cluster_members.c.suggestion_id == suggestion_id
    connection.execute(sa.delete(cluster_members).where(mine, gone))
    kept = typical(session, cluster_id, suggestion_id)
    change = sa.update(clusters).where(clusters.c.id == cluster_id)
    connection.execute(change.values(size=len(left), representative_id=kept))


def _members(session: Session, cluster_id: str, without: str) -> list[str]:
    query = sa.select(cluster_members.c.suggestion_id).where(
        cluster_members.c.cluster_id == cluster_id, cluster_members.c.suggestion_id != without
    )
    found = session.connection().execute(query.order_by(cluster_members.c.suggestion_id))
    return list(found.scalars())


def _row(
    run_id: str, number: int, aspect: str, representative_id: str, size: int
) -> dict[str, Any]:
    return {
        "id": new_id(),
        "run_id": run_id,
        "number": number,
        "aspect": aspect,
        "representative_id": representative_id,
        "size": size,
    }


def _member(run_id: str, id_: str, cluster_id: str, moved: bool) -> dict[str, Any]:
    return {"run_id": run_id, "suggestion_id": id_, "cluster_id": cluster_id, "moved": moved}
