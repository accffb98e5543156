"""Look-backs at projects of earlier years (回头看)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.supervision.schemas import records as schemas

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
