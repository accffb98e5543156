"""What units arrange among themselves for a project (统筹协调)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.supervision.schemas import resources as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint(
    "coordination", __name__, description="统筹协调 Agreements between units, and help asked for"
)


@operation(
    blueprint,
    "POST",
    "/projects/<uuid:project_id>/coordination",
    body=schemas.AgreeCoordination,
    answer=schemas.Coordination,
    status=201,
)
def agree_coordination(body: dict[str, Any], project_id: Any) -> ResponseReturnValue:
    """Record what units agreed on, and who does what by when."""
    made = call("supervision", "agree_coordination", str(project_id), body)
    return created(made, "/v1/coordination/{id}")


@operation(
    blueprint,
    "GET",
    "/projects/<uuid:project_id>/coordination",
    query=schemas.ProjectCoordinationQuery,
    answer=schemas.Coordination,
    many=True,
)
def list_project_coordination(query: dict[str, Any], project_id: Any) -> ResponseReturnValue:
    """List what units arranged for the project, by day."""
    asked = query | {"project_id": str(project_id)}
    return listed(call("supervision", "list_coordinations", asked))


@operation(
    blueprint,
    "POST",
    "/projects/<uuid:project_id>/coordination-requests",
    body=schemas.AskForHelp,
    answer=schemas.Coordination,
    status=201,
)
def ask_for_help(body: dict[str, Any], project_id: Any) -> ResponseReturnValue:
    """Ask another unit for help with the project."""
    made = call("supervision", "ask_for_help", str(project_id), body)
    return created(made, "/v1/coordination/{id}")


@operation(
    blueprint,
    "GET",
    "/coordination",
    query=schemas.CoordinationQuery,
    answer=schemas.Coordination,
    many=True,
)
def list_coordination(query: dict[str, Any]) -> ResponseReturnValue:
    """List what units arranged; what waits for a unit's answer with asked_of and state=asked."""
    return listed(call("supervision", "list_coordinations", query))


@operation(blueprint, "GET", "/coordination/<uuid:coordination_id>", answer=schemas.Coordination)
def get_coordination(coordination_id: Any) -> ResponseReturnValue:
    """Show an arrangement."""
    return shown(call("supervision", "get_coordination", str(coordination_id)))


@operation(
    blueprint,
    "POST",
    "/coordination/<uuid:coordination_id>/answer",
    body=schemas.AnswerRequest,
    answer=schemas.Coordination,
)
def answer_request(body: dict[str, Any], coordination_id: Any) -> ResponseReturnValue:
    """Agree to help, or refuse."""
    return shown(call("supervision", "answer_request", str(coordination_id), body))


@operation(
    blueprint,
    "POST",
    "/coordination/<uuid:coordination_id>/tasks/<uuid:task_id>/done",
    body=schemas.DoCoordinationTask,
    answer=schemas.Coordination,
)
def do_coordination_task(
    body: dict[str, Any], coordination_id: Any, task_id: Any
) -> ResponseReturnValue:
    """Say that a task is done."""
    return shown(
        call("supervision", "do_coordination_task", str(coordination_id), str(task_id), body)
    )
