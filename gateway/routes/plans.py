"""Implementation plans (实施计划)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.supervision.schemas import plans as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint("plans", __name__, description="实施计划 How a project is carried out")


@operation(
    blueprint,
    "POST",
    "/projects/<uuid:project_id>/plans",
    body=schemas.PublishPlan,
    answer=schemas.Plan,
    status=201,
)
def publish_plan(body: dict[str, Any], project_id: Any) -> ResponseReturnValue:
    """Publish the implementation plan, or a later version of it with its reason."""
    return created(call("supervision", "publish_plan", str(project_id), body))


@operation(
    blueprint,
    "GET",
    "/projects/<uuid:project_id>/plans",
    query=schemas.PlansQuery,
    answer=schemas.Plan,
    many=True,
)
def list_plans(query: dict[str, Any], project_id: Any) -> ResponseReturnValue:
    """List all versions of a project's plan."""
    return listed(call("supervision", "list_plans", str(project_id), query))


@operation(
    blueprint,
    "GET",
    "/projects/<uuid:project_id>/plan",
    query=schemas.PlanQuery,
    answer=schemas.PlanInForce,
)
def get_plan_in_force(query: dict[str, Any], project_id: Any) -> ResponseReturnValue:
    """Show the plan that was in force on a day."""
    return shown(call("supervision", "get_plan_in_force", str(project_id), query))
