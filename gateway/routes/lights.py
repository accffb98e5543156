"""Where projects stand, and their lights (进度灯)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.supervision.schemas import lights as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint("lights", __name__, description="进度灯 Where a project stands")


@operation(
    blueprint,
    "GET",
    "/projects/<uuid:project_id>/state",
    query=schemas.StateQuery,
    answer=schemas.ProjectState,
)
def get_project_state(query: dict[str, Any], project_id: Any) -> ResponseReturnValue:
    """Show where a project stands on a day: plan against actual, what is late."""
    return shown(call("supervision", "get_project_state", str(project_id), query))


@operation(
    blueprint,
    "GET",
    "/projects/<uuid:project_id>/light",
    query=schemas.StateQuery,
    answer=schemas.Light,
)
def get_project_light(query: dict[str, Any], project_id: Any) -> ResponseReturnValue:
    """Show a project's light on a day, and why."""
    return shown(call("supervision", "get_project_light", str(project_id), query))


@operation(
    blueprint,
    "POST",
    "/projects/<uuid:project_id>/light-overrides",
    body=schemas.OverrideLight,
    answer=schemas.LightOverride,
    status=201,
)
def override_light(body: dict[str, Any], project_id: Any) -> ResponseReturnValue:
    """Set a project's light by hand for a time, with a reason (人工调整)."""
    return created(call("supervision", "override_light", str(project_id), body))


@operation(
    blueprint,
    "GET",
    "/projects/<uuid:project_id>/light-overrides",
    query=schemas.LightOverrideQuery,
    answer=schemas.LightOverride,
    many=True,
)
def list_light_overrides(query: dict[str, Any], project_id: Any) -> ResponseReturnValue:
    """List the lights that were set by hand."""
    return listed(call("supervision", "list_light_overrides", str(project_id), query))


@operation(
    blueprint,
    "POST",
    "/light-overrides/<uuid:override_id>/lift",
    body=schemas.LiftOverride,
    answer=schemas.LightOverride,
)
def lift_light_override(body: dict[str, Any], override_id: Any) -> ResponseReturnValue:
    """Let the rule decide again."""
    return shown(call("supervision", "lift_light_override", str(override_id), body))
