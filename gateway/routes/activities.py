"""Activities (活动), above all the supervision week."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.supervision.schemas import activities as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint("activities", __name__, description="活动 The supervision week and the like")


@operation(
    blueprint,
    "POST",
    "/activities",
    body=schemas.ArrangeActivity,
    answer=schemas.Activity,
    status=201,
)
def arrange_activity(body: dict[str, Any]) -> ResponseReturnValue:
    """Arrange an activity with its days."""
    return created(call("supervision", "arrange_activity", body), "/v1/activities/{id}")


@operation(
    blueprint,
    "GET",
    "/activities",
    query=schemas.ActivityQuery,
    answer=schemas.Activity,
    many=True,
)
def list_activities(query: dict[str, Any]) -> ResponseReturnValue:
    """List the activities."""
    return listed(call("supervision", "list_activities", query))


@operation(blueprint, "GET", "/activities/<uuid:activity_id>", answer=schemas.Activity)
def get_activity(activity_id: Any) -> ResponseReturnValue:
    """Show an activity."""
    return shown(call("supervision", "get_activity", str(activity_id)))
