"""Supervision groups (监督小组)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.supervision.schemas import projects as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint("groups", __name__, description="监督小组 One for each project")


@operation(
    blueprint,
    "POST",
    "/groups",
    body=schemas.FormGroup,
    answer=schemas.Group,
    status=201,
)
def form_group(body: dict[str, Any]) -> ResponseReturnValue:
    """Form a project's group."""
    return created(call("supervision", "form_group", body), "/v1/groups/{id}")


@operation(
    blueprint,
    "GET",
    "/groups",
    query=schemas.GroupQuery,
    answer=schemas.Group,
    many=True,
)
def list_groups(query: dict[str, Any]) -> ResponseReturnValue:
    """List the groups."""
    return listed(call("supervision", "list_groups", query))


@operation(blueprint, "GET", "/groups/<uuid:group_id>", answer=schemas.Group)
def get_group(group_id: Any) -> ResponseReturnValue:
    """Show a group."""
    return shown(call("supervision", "get_group", str(group_id)))
