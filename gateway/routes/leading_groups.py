"""Leading groups and their offices (领导小组及其办公室)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.chassis.paging import PageQuery
from services.supervision.schemas import groups as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint("leading-groups", __name__, description="领导小组及其办公室 Of all the work")


@operation(
    blueprint,
    "POST",
    "/leading-groups",
    body=schemas.EstablishLeadingGroup,
    answer=schemas.LeadingGroup,
    status=201,
)
def establish_leading_group(body: dict[str, Any]) -> ResponseReturnValue:
    """Set up a leading group."""
    return created(call("supervision", "establish_leading_group", body), "/v1/leading-groups/{id}")


@operation(
    blueprint,
    "GET",
    "/leading-groups",
    query=PageQuery,
    answer=schemas.LeadingGroup,
    many=True,
)
def list_leading_groups(query: dict[str, Any]) -> ResponseReturnValue:
    """List the leading groups."""
    return listed(call("supervision", "list_leading_groups", query))


@operation(blueprint, "GET", "/leading-groups/<uuid:group_id>", answer=schemas.LeadingGroup)
def get_leading_group(group_id: Any) -> ResponseReturnValue:
    """Show a leading group."""
    return shown(call("supervision", "get_leading_group", str(group_id)))


@operation(
    blueprint,
    "POST",
    "/leading-groups/<uuid:group_id>/members",
    body=schemas.JoinLeadingGroup,
    answer=schemas.LeadingGroup,
    status=201,
)
def join_leading_group(body: dict[str, Any], group_id: Any) -> ResponseReturnValue:
    """Take somebody into a leading group, by office."""
    return created(call("supervision", "join_leading_group", str(group_id), body))


@operation(
    blueprint,
    "GET",
    "/leading-groups/<uuid:group_id>/members",
    query=schemas.MembersQuery,
    answer=schemas.Members,
)
def get_leading_group_members(query: dict[str, Any], group_id: Any) -> ResponseReturnValue:
    """Show who belonged to a leading group on a day."""
    return shown(call("supervision", "get_leading_group_members", str(group_id), query))


@operation(
    blueprint,
    "POST",
    "/leading-groups/<uuid:group_id>/departures",
    body=schemas.LeaveGroup,
    answer=schemas.LeadingGroup,
    status=201,
)
def leave_leading_group(body: dict[str, Any], group_id: Any) -> ResponseReturnValue:
    """End a membership."""
    return created(call("supervision", "leave_leading_group", str(group_id), body))
