"""Clusters of suggestions."""

from __future__ import annotations

from services.chassis.paging import PageQuery
from services.chassis.rpc import rpc

from ..commands import clusters as commands
from ..queries import clusters as queries
from ..schemas import clusters as schemas
from ..schemas.register import YearQuery
from .stored import Json, Stored


class Clusters(Stored):
    """Clusters of suggestions."""

    @rpc
    def get_cluster_run(self, run_id: str) -> Json:
        return self.store.read(queries.get_run, run_id, answer=schemas.ClusterRun)

    @rpc
    def list_cluster_runs(self, params: Json) -> Json:
        return self.store.list(queries.list_runs, YearQuery, params, answer=schemas.ClusterRun)

    @rpc
    def list_clusters(self, run_id: str, params: Json) -> Json:
        return self.store.list(
            lambda asked: queries.list_clusters(asked | {"run_id": run_id}),
            schemas.ClusterQuery,
            params,
            answer=schemas.Cluster,
        )

    @rpc
    def get_cluster(self, cluster_id: str) -> Json:
        return self.store.read(queries.get_cluster, cluster_id, answer=schemas.Cluster)

    @rpc
    def list_cluster_members(self, cluster_id: str, params: Json) -> Json:
        return self.store.list(
            lambda asked: queries.list_members(asked | {"cluster_id": cluster_id}),
            PageQuery,
            params,
            answer=schemas.ClusterMember,
        )

    @rpc
    def list_cluster_moves(self, params: Json) -> Json:
        return self.store.list(queries.list_moves, YearQuery, params, answer=schemas.ClusterMove)

    @rpc
    def move_cluster_member(self, run_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.move_cluster_member,
            schemas.MoveClusterMember,
            body,
            id=run_id,
            answer=schemas.ClusterMove,
        )
