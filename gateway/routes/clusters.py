"""Clusters of suggestions (建议归类): found at night, arranged by people."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.chassis.paging import PageQuery
from services.proposal.schemas import clusters as schemas
from services.proposal.schemas.register import YearQuery

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint(
    "clusters", __name__, description="建议归类 Suggestions that seem to ask for the same"
)


@operation(blueprint, "GET", "/cluster-runs", query=YearQuery, answer=schemas.ClusterRun, many=True)
def list_cluster_runs(query: dict[str, Any]) -> ResponseReturnValue:
    """List runs, the newest last."""
    return listed(call("proposal", "list_cluster_runs", query))


@operation(blueprint, "GET", "/cluster-runs/<uuid:run_id>", answer=schemas.ClusterRun)
def get_cluster_run(run_id: Any) -> ResponseReturnValue:
    """Show a run: its input, parameters and how it agrees with people."""
    return shown(call("proposal", "get_cluster_run", str(run_id)))


@operation(
    blueprint,
    "GET",
    "/cluster-runs/<uuid:run_id>/clusters",
    query=schemas.ClusterQuery,
    answer=schemas.Cluster,
    many=True,
)
def list_clusters(query: dict[str, Any], run_id: Any) -> ResponseReturnValue:
    """List a run's clusters."""
    return listed(call("proposal", "list_clusters", str(run_id), query))


@operation(
    blueprint,
    "POST",
    "/cluster-runs/<uuid:run_id>/moves",
    body=schemas.MoveClusterMember,
    answer=schemas.ClusterMove,
    status=201,
)
def move_cluster_member(body: dict[str, Any], run_id: Any) -> ResponseReturnValue:
    """Move a suggestion to another one, or away from it; later runs keep to it."""
    return created(call("proposal", "move_cluster_member", str(run_id), body))


@operation(
    blueprint, "GET", "/cluster-moves", query=YearQuery, answer=schemas.ClusterMove, many=True
)
def list_cluster_moves(query: dict[str, Any]) -> ResponseReturnValue:
    """List what people decided, in order."""
    return listed(call("proposal", "list_cluster_moves", query))


@operation(blueprint, "GET", "/clusters/<uuid:cluster_id>", answer=schemas.Cluster)
def get_cluster(cluster_id: Any) -> ResponseReturnValue:
    """Show a cluster."""
    return shown(call("proposal", "get_cluster", str(cluster_id)))


@operation(
    blueprint,
    "GET",
    "/clusters/<uuid:cluster_id>/members",
    query=PageQuery,
    answer=schemas.ClusterMember,
    many=True,
)
def list_cluster_members(query: dict[str, Any], cluster_id: Any) -> ResponseReturnValue:
    """List the suggestions in a cluster."""
    return listed(call("proposal", "list_cluster_members", str(cluster_id), query))
