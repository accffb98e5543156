"""What is owed to projects (要素供给): funds, energy, land, people."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.supervision.schemas import resources as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint(
    "resources", __name__, description="要素供给 Funds, energy, land and people owed to projects"
)


@operation(
    blueprint,
    "POST",
    "/projects/<uuid:project_id>/resources",
    body=schemas.OweResource,
    answer=schemas.Resource,
    status=201,
)
def owe_resource(body: dict[str, Any], project_id: Any) -> ResponseReturnValue:
    """Record what a unit owes to the project by a day."""
    made = call("supervision", "owe_resource", str(project_id), body)
    return created(made, "/v1/resources/{id}")


@operation(
    blueprint,
    "GET",
    "/projects/<uuid:project_id>/resources",
    query=schemas.ProjectResourceQuery,
    answer=schemas.Resource,
    many=True,
)
def list_project_resources(query: dict[str, Any], project_id: Any) -> ResponseReturnValue:
    """List what is owed to the project, by the day on which it is due."""
    asked = query | {"project_id": str(project_id)}
    return listed(call("supervision", "list_resources", asked))


@operation(
    blueprint, "GET", "/resources", query=schemas.ResourceQuery, answer=schemas.Resource, many=True
)
def list_resources(query: dict[str, Any]) -> ResponseReturnValue:
    """List what is owed, by the day on which it is due; by one unit with unit_id."""
    return listed(call("supervision", "list_resources", query))


@operation(blueprint, "GET", "/resources/<uuid:resource_id>", answer=schemas.Resource)
def get_resource(resource_id: Any) -> ResponseReturnValue:
    """Show what is owed, with its deliveries."""
    return shown(call("supervision", "get_resource", str(resource_id)))


@operation(
    blueprint,
    "POST",
    "/resources/<uuid:resource_id>/deliveries",
    body=schemas.DeliverResource,
    answer=schemas.Resource,
    status=201,
)
def deliver_resource(body: dict[str, Any], resource_id: Any) -> ResponseReturnValue:
    """Record a delivery, or correct one (更正)."""
    return created(call("supervision", "deliver_resource", str(resource_id), body))


@operation(
    blueprint,
    "POST",
    "/resources/<uuid:resource_id>/withdrawal",
    body=schemas.WithdrawResource,
    answer=schemas.Resource,
)
def withdraw_resource(body: dict[str, Any], resource_id: Any) -> ResponseReturnValue:
    """Say that it is needed no longer."""
    return shown(call("supervision", "withdraw_resource", str(resource_id), body))
