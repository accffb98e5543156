"""One run of clustering, in a process of its own: read, cluster, arrange as people did, keep."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis import database
from services.chassis.alone import alone
from services.chassis.store import BoundStore
from services.chassis.work import UnitOfWork
from services.commons import clock
from services.commons.errors import Conflict

from ..model.cluster import STATES, ClusterMove, ClusterRun, agreement, arranged
from ..queries.clusters import moves_of
from ..queries.similarity import synonyms
from ..tables.clusters import cluster_members, cluster_runs, clusters
from ..tables.suggestions import suggestions
from . import arrangement
from .building import indexed
from .clustering import Item, Parameters, cluster
from .text import Lexicon, fingerprint

#: Runs of the same year and aspect whose clusters are kept; of older ones only what they were.
KEPT = 10

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class _Input:
    """What a run is made of."""

    items: list[Item]
    moves: list[ClusterMove]
    hash: str

    def digest(self, year: int, aspect: str | None, parameters: Parameters) -> str:
        """The same for the same run: input, moves, parameters, code."""
        moves = [[step for move in self.moves for step in move.steps()]]
        made = [self.hash, moves, year, aspect, parameters.to_data(), code_version()]
        return _hash(made)


def code_version() -> str:
    """The version of this software."""
    return version("minsheng")


def run(
    store: BoundStore,
    year: int,
    aspect: str | None = None,
    parameters: Parameters | None = None,
    progress: Progress = lambda done, total: None,
) -> tuple[ClusterRun, bool]:
    """Cluster the suggestions of a year; the run, and whether it is new.

    The same input, moves, parameters and code give the run that is there already.  Raises Conflict
    while another process clusters.
    """
    parameters = parameters or Parameters()
    with alone(store.engine, "clusters") as mine:
        if not mine:
            raise Conflict("clustering-busy", "another run is under way", "另一次归类正在进行")
        began = clock.now()
        today = store.settings.today
        given = database.in_transaction(
            store.engine, lambda session: _read(session, year, aspect, today), reading=True
        )
        digest = given.digest(year, aspect, parameters)
        before = database.in_transaction(
            store.engine, lambda session: _by_digest(session, digest), reading=True
        )
        if before is not None:
            return before, False
        found = cluster(given.items, parameters, progress)
        labels = {item.id: item.id for item in given.items}
        labels |= {id_: one.members[0] for one in found for id_ in one.members}
        fields = {
            "year": year,
            "aspect": aspect,
            "parameters": parameters.to_data(),
            "code_version": code_version(),
            "input_hash": given.hash,
            "digest": digest,
            "agreement": agreement(labels, given.moves),
            "started_at": began,
        }
        return store.apply(lambda uow: _keep(uow, fields, given, labels)), True


def years(session: Session) -> list[int]:
    """The years that have suggestions to cluster."""
    query = sa.select(suggestions.c.year).distinct().where(suggestions.c.state.in_(STATES))
    return sorted(session.connection().execute(query).scalars())


def _read(session: Session, year: int, aspect: str | None, today: dt.date) -> _Input:
    wanted = [suggestions.c.year == year, suggestions.c.state.in_(STATES)]
    if aspect is not None:
        wanted.append(suggestions.c.aspect == aspect)
    names = ("id", "aspect", "title", "text")
    query = sa.select(*(suggestions.c[name] for name in names)).where(*wanted)
    lexicon = Lexicon(synonyms(session, today)())
    items, said = [], []
    for row in session.connection().execute(query.order_by(suggestions.c.id)):
        items.append(Item(row.id, row.aspect, indexed(lexicon, row.title, row.text)))
        said.append([row.id, row.aspect, fingerprint(row.title, row.text).hex()])
    return _Input(items, moves_of(session, year), _hash([said, lexicon.hash]))


def _by_digest(session: Session, digest: str) -> ClusterRun | None:
    return session.scalars(sa.select(ClusterRun).where(cluster_runs.c.digest == digest)).first()


def _keep(
    uow: UnitOfWork, fields: dict[str, Any], given: _Input, labels: dict[str, str]
) -> ClusterRun:
    """Write the run and its clusters, arranged as people had decided."""
    now = arranged(labels, given.moves)
    moved = {id_ for id_ in now if now[id_] != labels[id_]}
    members = _members(given.items, labels, now)
    counts = {
        "suggestions": len(given.items),
        "clusters": len(members),
        "members": sum(map(len, members)),
        "moves": len(given.moves),
        "moved": len(moved),
    }
    run = uow.add(ClusterRun.finish(**fields, counts=counts, finished_at=clock.now()))
    uow.session.flush()
    aspects = {item.id: item.aspect for item in given.items}
    arrangement.store(uow.session, run.id, members, aspects, moved)
    _forget(uow.session, run)
    return run


def _members(items: Sequence[Item], labels: dict[str, str], now: dict[str, str]) -> list[list[str]]:
    """The clusters of two and more, the most typical member first as far as one is known."""
    found: dict[str, list[str]] = {}
    for item in items:
        found.setdefault(now[item.id], []).append(item.id)
    aspects = {item.id: item.aspect for item in items}
    typical = set(labels.values())
    members = [sorted(ids, key=lambda id_: (id_ not in typical, id_)) for ids in found.values()]
    wanted = [ids for ids in members if len(ids) > 1]
    return sorted(wanted, key=lambda ids: (aspects[ids[0]], -len(ids), ids))


def _forget(session: Session, run: ClusterRun) -> None:
    """Let go of the clusters of old runs; that and how they were made is kept."""
    same = (
        cluster_runs.c.aspect.is_(None)
        if run.aspect is None
        else (cluster_runs.c.aspect == run.aspect)
    )
    query = sa.select(cluster_runs.c.id).where(cluster_runs.c.year == run.year, same)
    order = cluster_runs.c.finished_at.desc(), cluster_runs.c.id
    connection = session.connection()
    old = list(connection.execute(query.order_by(*order).offset(KEPT)).scalars())
    for table in (cluster_members, clusters):
        connection.execute(sa.delete(table).where(table.c.run_id.in_(old)))


def _hash(data: Iterable[Any]) -> str:
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()
