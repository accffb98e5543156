"""Deputies (人大代表)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.ballot import schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint("deputies", __name__, description="人大代表 The register of deputies")


@operation(
    blueprint,
    "POST",
    "/deputies",
    body=schemas.EnrolDeputy,
    answer=schemas.Deputy,
    status=201,
)
def enrol_deputy(body: dict[str, Any]) -> ResponseReturnValue:
    """Put a deputy on the register."""
    return created(call("ballot", "enrol_deputy", body), "/v1/deputies/{id}")


@operation(
    blueprint, "GET", "/deputies", query=schemas.CongressQuery, answer=schemas.Deputy, many=True
)
def list_deputies(query: dict[str, Any]) -> ResponseReturnValue:
    """List the deputies, of one congress or of all."""
    return listed(call("ballot", "list_deputies", query))


@operation(blueprint, "GET", "/deputies/<uuid:deputy_id>", answer=schemas.Deputy)
def get_deputy(deputy_id: Any) -> ResponseReturnValue:
    """Show a deputy."""
    return shown(call("ballot", "get_deputy", str(deputy_id)))
