"""Changes of voted projects (调整、暂缓、终止)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.supervision.schemas import changes as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint(
    "changes", __name__, description="项目调整 A voted project adjusted, deferred or ended"
)


@operation(
    blueprint,
    "POST",
    "/projects/<uuid:project_id>/changes",
    body=schemas.ProposeChange,
    answer=schemas.Change,
    status=201,
)
def propose_change(body: dict[str, Any], project_id: Any) -> ResponseReturnValue:
    """Propose a change; a minor one by the rule is effective at once."""
    return created(call("supervision", "propose_change", str(project_id), body), "/v1/changes/{id}")


@operation(
    blueprint,
    "GET",
    "/projects/<uuid:project_id>/changes",
    query=schemas.ProjectChangeQuery,
    answer=schemas.Change,
    many=True,
)
def list_project_changes(query: dict[str, Any], project_id: Any) -> ResponseReturnValue:
    """List the changes of a project, refused ones too."""
    return listed(call("supervision", "list_project_changes", str(project_id), query))


@operation(
    blueprint,
    "GET",
    "/changes",
    query=schemas.ChangeQuery,
    answer=schemas.Change,
    many=True,
)
def list_changes(query: dict[str, Any]) -> ResponseReturnValue:
    """List changes, of a project, a kind or a state."""
    return listed(call("supervision", "list_changes", query))


@operation(
    blueprint,
    "GET",
    "/changes/<uuid:change_id>",
    answer=schemas.Change,
)
def get_change(change_id: Any) -> ResponseReturnValue:
    """Show a change with its steps."""
    return shown(call("supervision", "get_change", str(change_id)))


@operation(
    blueprint,
    "POST",
    "/changes/<uuid:change_id>/decision",
    body=schemas.DecideChange,
    answer=schemas.Change,
)
def decide_change(body: dict[str, Any], change_id: Any) -> ResponseReturnValue:
    """Record the decision on a major change (决定)."""
    return shown(call("supervision", "decide_change", str(change_id), body))


@operation(
    blueprint,
    "POST",
    "/changes/<uuid:change_id>/withdrawal",
    body=schemas.WithdrawChange,
    answer=schemas.Change,
)
def withdraw_change(body: dict[str, Any], change_id: Any) -> ResponseReturnValue:
    """Take a proposal back before it is decided."""
    return shown(call("supervision", "withdraw_change", str(change_id), body))


@operation(
    blueprint,
    "POST",
    "/changes/<uuid:change_id>/announcement",
    body=schemas.AnnounceChange,
    answer=schemas.Change,
)
def announce_change(body: dict[str, Any], change_id: Any) -> ResponseReturnValue:
    """Note that the decision was announced (公告)."""
    return shown(call("supervision", "announce_change", str(change_id), body))


@operation(
    blueprint,
    "POST",
    "/changes/<uuid:change_id>/report",
    body=schemas.ReportChange,
    answer=schemas.Change,
)
def report_change(body: dict[str, Any], change_id: Any) -> ResponseReturnValue:
    """Note that the decision was reported to the next congress (报告)."""
    return shown(call("supervision", "report_change", str(change_id), body))
