"""Check-ins of deputies at sites (签到)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.supervision.schemas import findings as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint(
    "check-ins", __name__, description="签到 For the deputy herself and the office"
)


@operation(
    blueprint,
    "POST",
    "/check-ins",
    body=schemas.MakeCheckIn,
    answer=schemas.CheckIn,
    status=201,
)
def check_in(body: dict[str, Any]) -> ResponseReturnValue:
    """Check in at a site."""
    return created(call("supervision", "check_in", body), "/v1/check-ins/{id}")


@operation(
    blueprint,
    "GET",
    "/check-ins",
    query=schemas.CheckInQuery,
    answer=schemas.CheckIn,
    many=True,
)
def list_check_ins(query: dict[str, Any]) -> ResponseReturnValue:
    """List check-ins by day; a deputy sees her own."""
    return listed(call("supervision", "list_check_ins", query))


@operation(blueprint, "GET", "/check-ins/<uuid:check_in_id>", answer=schemas.CheckIn)
def get_check_in(check_in_id: Any) -> ResponseReturnValue:
    """Show a check-in."""
    return shown(call("supervision", "get_check_in", str(check_in_id)))
