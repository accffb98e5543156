"""Visits to projects (调研、明察暗访) and who took part."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.chassis.paging import PageQuery
from services.supervision.schemas import activities as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint("visits", __name__, description="走访 Research, open and unannounced visits")


@operation(
    blueprint,
    "POST",
    "/visits",
    body=schemas.RecordVisit,
    answer=schemas.Visit,
    status=201,
)
def record_visit(body: dict[str, Any]) -> ResponseReturnValue:
    """Record a visit."""
    return created(call("supervision", "record_visit", body), "/v1/visits/{id}")


@operation(
    blueprint,
    "GET",
    "/visits",
    query=schemas.VisitQuery,
    answer=schemas.Visit,
    many=True,
)
def list_visits(query: dict[str, Any]) -> ResponseReturnValue:
    """List the visits by day."""
    return listed(call("supervision", "list_visits", query))


@operation(blueprint, "GET", "/visits/<uuid:visit_id>", answer=schemas.Visit)
def get_visit(visit_id: Any) -> ResponseReturnValue:
    """Show a visit."""
    return shown(call("supervision", "get_visit", str(visit_id)))


@operation(
    blueprint,
    "POST",
    "/visits/<uuid:visit_id>/attendances",
    body=schemas.AttendVisit,
    answer=schemas.Attendance,
    status=201,
)
def attend_visit(body: dict[str, Any], visit_id: Any) -> ResponseReturnValue:
    """Record that a deputy took part: one person-time (人次)."""
    return created(call("supervision", "attend_visit", str(visit_id), body))


@operation(
    blueprint,
    "GET",
    "/visits/<uuid:visit_id>/attendances",
    query=PageQuery,
    answer=schemas.Attendance,
    many=True,
)
def list_attendances(query: dict[str, Any], visit_id: Any) -> ResponseReturnValue:
    """List who took part."""
    return listed(call("supervision", "list_attendances", str(visit_id), query))
