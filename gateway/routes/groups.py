"""Supervision groups (监督小组) and who belongs to them."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.supervision.schemas import groups as schemas

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


@operation(
    blueprint,
    "POST",
    "/groups/<uuid:group_id>/members",
    body=schemas.JoinGroup,
    answer=schemas.Group,
    status=201,
)
def join_group(body: dict[str, Any], group_id: Any) -> ResponseReturnValue:
    """Take a member, a leader or a liaison officer into a group."""
    return created(call("supervision", "join_group", str(group_id), body))


@operation(
    blueprint,
    "GET",
    "/groups/<uuid:group_id>/members",
    query=schemas.MembersQuery,
    answer=schemas.Members,
)
def get_group_members(query: dict[str, Any], group_id: Any) -> ResponseReturnValue:
    """Show who belonged to a group on a day."""
    return shown(call("supervision", "get_group_members", str(group_id), query))


@operation(
    blueprint,
    "POST",
    "/groups/<uuid:group_id>/departures",
    body=schemas.LeaveGroup,
    answer=schemas.Group,
    status=201,
)
def leave_group(body: dict[str, Any], group_id: Any) -> ResponseReturnValue:
    """End a membership."""
    return created(call("supervision", "leave_group", str(group_id), body))
