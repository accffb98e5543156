"""Indicators that units declare about themselves (指标)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.supervision.schemas import records as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint("indicators", __name__, description="指标 Declared month by month by a unit")


@operation(
    blueprint,
    "POST",
    "/indicators",
    body=schemas.DefineIndicator,
    answer=schemas.Indicator,
    status=201,
)
def define_indicator(body: dict[str, Any]) -> ResponseReturnValue:
    """Define an indicator."""
    return created(call("supervision", "define_indicator", body), "/v1/indicators/{id}")


@operation(
    blueprint,
    "GET",
    "/indicators",
    query=schemas.IndicatorQuery,
    answer=schemas.Indicator,
    many=True,
)
def list_indicators(query: dict[str, Any]) -> ResponseReturnValue:
    """List the indicators with their entries."""
    return listed(call("supervision", "list_indicators", query))


@operation(blueprint, "GET", "/indicators/<uuid:indicator_id>", answer=schemas.Indicator)
def get_indicator(indicator_id: Any) -> ResponseReturnValue:
    """Show an indicator with its entries."""
    return shown(call("supervision", "get_indicator", str(indicator_id)))


@operation(
    blueprint,
    "POST",
    "/indicators/<uuid:indicator_id>/entries",
    body=schemas.DeclareIndicator,
    answer=schemas.Indicator,
    status=201,
)
def declare_indicator(body: dict[str, Any], indicator_id: Any) -> ResponseReturnValue:
    """Declare the number of a month, or correct it."""
    return created(call("supervision", "declare_indicator", str(indicator_id), body))
