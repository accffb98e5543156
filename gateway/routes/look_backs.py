"""Look-backs at projects of earlier years (回头看)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.chassis.paging import PageQuery
from services.supervision.schemas import look_backs as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint(
    "look_backs", __name__, description="回头看 Do the projects of earlier years still work"
)


@operation(
    blueprint,
    "POST",
    "/look-backs",
    body=schemas.RecordLookBack,
    answer=schemas.LookBack,
    status=201,
)
def record_look_back(body: dict[str, Any]) -> ResponseReturnValue:
    """Record a look-back."""
    return created(call("supervision", "record_look_back", body), "/v1/look-backs/{id}")


@operation(
    blueprint,
    "GET",
    "/look-backs",
    query=schemas.LookBackQuery,
    answer=schemas.LookBack,
    many=True,
)
def list_look_backs(query: dict[str, Any]) -> ResponseReturnValue:
    """List the look-backs by day."""
    return listed(call("supervision", "list_look_backs", query))


@operation(blueprint, "GET", "/look-backs/<uuid:look_back_id>", answer=schemas.LookBack)
def get_look_back(look_back_id: Any) -> ResponseReturnValue:
    """Show a look-back."""
    return shown(call("supervision", "get_look_back", str(look_back_id)))


@operation(
    blueprint,
    "POST",
    "/planned-look-backs",
    body=schemas.PlanLookBack,
    answer=schemas.PlannedLookBack,
    status=201,
)
def plan_look_back(body: dict[str, Any]) -> ResponseReturnValue:
    """Plan a look-back; those of the rule are planned by themselves after the completion."""
    return created(call("supervision", "plan_look_back", body), "/v1/planned-look-backs/{id}")


@operation(
    blueprint,
    "GET",
    "/planned-look-backs",
    query=schemas.PlannedLookBackQuery,
    answer=schemas.PlannedLookBack,
    many=True,
)
def list_planned_look_backs(query: dict[str, Any]) -> ResponseReturnValue:
    """List the look-backs that are planned, under way or ended, by day."""
    return listed(call("supervision", "list_planned_look_backs", query))


@operation(
    blueprint, "GET", "/planned-look-backs/<uuid:look_back_id>", answer=schemas.PlannedLookBack
)
def get_planned_look_back(look_back_id: Any) -> ResponseReturnValue:
    """Show a look-back with its visits and findings, concluded or not."""
    return shown(call("supervision", "get_planned_look_back", str(look_back_id)))


@operation(
    blueprint,
    "POST",
    "/look-backs/<uuid:look_back_id>/visits",
    body=schemas.VisitLookBack,
    answer=schemas.PlannedLookBack,
    status=201,
)
def visit_look_back(body: dict[str, Any], look_back_id: Any) -> ResponseReturnValue:
    """Record a day on which somebody went to see."""
    return created(call("supervision", "visit_look_back", str(look_back_id), body))


@operation(
    blueprint,
    "POST",
    "/look-backs/<uuid:look_back_id>/findings",
    body=schemas.FindAtLookBack,
    answer=schemas.PlannedLookBack,
    status=201,
)
def find_at_look_back(body: dict[str, Any], look_back_id: Any) -> ResponseReturnValue:
    """Record what was found at a sub-item or the whole; the same again replaces it."""
    return created(call("supervision", "find_at_look_back", str(look_back_id), body))


@operation(
    blueprint,
    "GET",
    "/look-backs/<uuid:look_back_id>/findings",
    query=PageQuery,
    answer=schemas.LookBackFinding,
    many=True,
)
def list_look_back_findings(query: dict[str, Any], look_back_id: Any) -> ResponseReturnValue:
    """List what a concluded look-back found."""
    return listed(call("supervision", "list_look_back_findings", str(look_back_id), query))


@operation(
    blueprint,
    "POST",
    "/look-backs/<uuid:look_back_id>/conclusion",
    body=schemas.ConcludeLookBack,
    answer=schemas.LookBack,
    status=201,
)
def conclude_look_back(body: dict[str, Any], look_back_id: Any) -> ResponseReturnValue:
    """Conclude a look-back; it goes to the assessment."""
    return created(call("supervision", "conclude_look_back", str(look_back_id), body))


@operation(
    blueprint,
    "POST",
    "/look-backs/<uuid:look_back_id>/dropping",
    body=schemas.DropLookBack,
    answer=schemas.PlannedLookBack,
    status=201,
)
def drop_look_back(body: dict[str, Any], look_back_id: Any) -> ResponseReturnValue:
    """Give up a look-back that was planned, for a reason."""
    return created(call("supervision", "drop_look_back", str(look_back_id), body))


@operation(
    blueprint,
    "POST",
    "/look-backs/<uuid:look_back_id>/follow-ups",
    body=schemas.FollowUpLookBack,
    answer=schemas.LookBackFollowUp,
    status=201,
)
def follow_up_look_back(body: dict[str, Any], look_back_id: Any) -> ResponseReturnValue:
    """Note what was done about a finding, or confirm that it is right again."""
    return created(call("supervision", "follow_up_look_back", str(look_back_id), body))


@operation(
    blueprint,
    "GET",
    "/look-backs/<uuid:look_back_id>/follow-ups",
    query=PageQuery,
    answer=schemas.LookBackFollowUp,
    many=True,
)
def list_look_back_follow_ups(query: dict[str, Any], look_back_id: Any) -> ResponseReturnValue:
    """List what was done about the findings."""
    return listed(call("supervision", "list_look_back_follow_ups", str(look_back_id), query))
