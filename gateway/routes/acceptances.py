"""Milestones reached, technical standards, and acceptance (验收)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.supervision.schemas import acceptances as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint("acceptances", __name__, description="验收 Milestones, standards, acceptance")


@operation(
    blueprint,
    "POST",
    "/projects/<uuid:project_id>/milestones/<code>/reached",
    body=schemas.ReachMilestone,
    answer=schemas.Milestone,
    status=201,
)
def reach_milestone(body: dict[str, Any], project_id: Any, code: Any) -> ResponseReturnValue:
    """Note that a milestone of the plan was reached, and what shows it (节点完成)."""
    return created(call("supervision", "reach_milestone", str(project_id), code, body))


@operation(
    blueprint,
    "GET",
    "/projects/<uuid:project_id>/milestones",
    query=schemas.MilestoneQuery,
    answer=schemas.Milestone,
    many=True,
)
def list_milestones(query: dict[str, Any], project_id: Any) -> ResponseReturnValue:
    """List a project's milestones; with late=true those late."""
    return listed(call("supervision", "list_milestones", str(project_id), query))


@operation(
    blueprint,
    "POST",
    "/projects/<uuid:project_id>/standards",
    body=schemas.SetStandard,
    answer=schemas.Standard,
    status=201,
)
def set_standard(body: dict[str, Any], project_id: Any) -> ResponseReturnValue:
    """Enter a technical standard of a project (技术规范、标准)."""
    return created(call("supervision", "set_standard", str(project_id), body))


@operation(
    blueprint,
    "GET",
    "/projects/<uuid:project_id>/standards",
    query=schemas.StandardQuery,
    answer=schemas.Standard,
    many=True,
)
def list_standards(query: dict[str, Any], project_id: Any) -> ResponseReturnValue:
    """List the technical standards of a project."""
    return listed(call("supervision", "list_standards", str(project_id), query))


@operation(
    blueprint,
    "POST",
    "/projects/<uuid:project_id>/acceptances",
    body=schemas.HoldAcceptance,
    answer=schemas.Acceptance,
    status=201,
)
def hold_acceptance(body: dict[str, Any], project_id: Any) -> ResponseReturnValue:
    """Record the acceptance of a sub-item, passed or failed (验收)."""
    made = call("supervision", "hold_acceptance", str(project_id), body)
    return created(made, "/v1/acceptances/{id}")


@operation(
    blueprint,
    "GET",
    "/projects/<uuid:project_id>/acceptances",
    query=schemas.AcceptanceQuery,
    answer=schemas.Acceptance,
    many=True,
)
def list_acceptances(query: dict[str, Any], project_id: Any) -> ResponseReturnValue:
    """List the acceptances of a project."""
    return listed(call("supervision", "list_acceptances", str(project_id), query))


@operation(
    blueprint,
    "GET",
    "/acceptances/<uuid:acceptance_id>",
    answer=schemas.Acceptance,
)
def get_acceptance(acceptance_id: Any) -> ResponseReturnValue:
    """Show an acceptance."""
    return shown(call("supervision", "get_acceptance", str(acceptance_id)))
