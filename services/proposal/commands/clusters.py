"""Clusters: a run kept, a member moved."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork, not_found
from services.commons.errors import Conflict

from ..model.cluster import TOGETHER, ClusterMove, ClusterRun
from ..model.suggestion import Suggestion
from ..queries.clusters import newest_run
from ..similarity import arrangement


def move_cluster_member(command: dict[str, Any], uow: UnitOfWork) -> ClusterMove:
    """Say that a suggestion belongs with another one, or does not, and arrange the run so."""
    run = uow.get(ClusterRun, command["id"])
    if newest_run(uow.session, run.year, run.aspect) is not run:
        raise Conflict(
            "cluster-run-superseded",
            "there is a newer run; GET /v1/cluster-runs lists them",
            "已有更新的归类结果,请在最新结果上调整",
        )
    one, mine = _in_run(run, command["suggestion_id"], uow)
    other, others = _in_run(run, command["other_id"], uow)
    joined = mine is not None and mine == others
    together = command["verdict"] == TOGETHER
    if joined == together:
        raise _nothing_to_move(joined)
    left = arrangement.typical(uow.session, mine, one.id) if mine and together else None
    move = ClusterMove.decide(
        year=run.year,
        run_id=run.id,
        suggestion_id=one.id,
        other_id=other.id,
        verdict=command["verdict"],
        left_id=left,
        moved_by=uow.principal.subject,
        happened_on=uow.happened(command["happened_on"]),
        recorded_at=uow.now,
    )
    if mine:
        arrangement.leave(uow.session, run.id, one.id, mine)
    if together:
        arrangement.join(uow.session, run.id, one.id, other.id, other.aspect)
    run.rearrange(move)
    return uow.add(move)


def _in_run(run: ClusterRun, id_: str, uow: UnitOfWork) -> tuple[Suggestion, str | None]:
    """A suggestion with its cluster, if it has one; NotFound for what the run cannot have."""
    suggestion = uow.get(Suggestion, id_)
    cluster_id = arrangement.cluster_of(uow.session, run.id, id_)
    if not run.takes(suggestion, clustered=cluster_id is not None):
        raise not_found(Suggestion)
    return suggestion, cluster_id


def _nothing_to_move(joined: bool) -> Conflict:
    if joined:
        return Conflict("already-together", "they are in one cluster already", "两条建议已在同一类")
    return Conflict("not-together", "they are in no common cluster", "两条建议本不在同一类")
