"""Clusters: a run kept, a member moved."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork
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
    one = uow.known(Suggestion, command["suggestion_id"], "/suggestion_id")
    other = uow.known(Suggestion, command["other_id"], "/other_id")
    mine = arrangement.cluster_of(uow.session, run.id, one.id)
    joined = mine is not None and mine == arrangement.cluster_of(uow.session, run.id, other.id)
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


def _nothing_to_move(joined: bool) -> Conflict:
    if joined:
        return Conflict("already-together", "they are in one cluster already", "两条建议已在同一类")
    return Conflict("not-together", "they are in no common cluster", "两条建议本不在同一类")
