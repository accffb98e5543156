"""Units (单位)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.proposal.schemas import register as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint("units", __name__, description="单位 Departments, districts, companies")


@operation(blueprint, "POST", "/units", body=schemas.RegisterUnit, answer=schemas.Unit, status=201)
def register_unit(body: dict[str, Any]) -> ResponseReturnValue:
    """Register a unit."""
    return created(call("proposal", "register_unit", body), "/v1/units/{id}")


@operation(blueprint, "GET", "/units/<uuid:unit_id>", answer=schemas.Unit)
def get_unit(unit_id: Any) -> ResponseReturnValue:
    """Show a unit."""
    return shown(call("proposal", "get_unit", str(unit_id)))


@operation(blueprint, "GET", "/units", query=schemas.UnitQuery, answer=schemas.Unit, many=True)
def list_units(query: dict[str, Any]) -> ResponseReturnValue:
    """List the units."""
    return listed(call("proposal", "list_units", query))
