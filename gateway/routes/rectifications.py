"""Rectification tasks (整改任务) that an assessment below the adopted line asks for."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.supervision.schemas import rectifications as schemas

from ..resource import call, listed, operation, shown

blueprint = Blueprint(
    "rectifications",
    __name__,
    description="整改任务 Assigned, reported, returned, extended, confirmed",
)


@operation(
    blueprint,
    "GET",
    "/rectifications",
    query=schemas.RectificationQuery,
    answer=schemas.Rectification,
    many=True,
)
def list_rectifications(query: dict[str, Any]) -> ResponseReturnValue:
    """List the rectification tasks by the day on which they were decided."""
    return listed(call("supervision", "list_rectifications", query))


@operation(
    blueprint, "GET", "/rectifications/<uuid:rectification_id>", answer=schemas.Rectification
)
def get_rectification(rectification_id: Any) -> ResponseReturnValue:
    """Show a rectification task with its steps."""
    return shown(call("supervision", "get_rectification", str(rectification_id)))


@operation(
    blueprint,
    "POST",
    "/rectifications/<uuid:rectification_id>/assignment",
    body=schemas.AssignRectification,
    answer=schemas.Rectification,
)
def assign_rectification(body: dict[str, Any], rectification_id: Any) -> ResponseReturnValue:
    """Say which unit must do it (交办、改交)."""
    return shown(call("supervision", "assign_rectification", str(rectification_id), body))


@operation(
    blueprint,
    "POST",
    "/rectifications/<uuid:rectification_id>/reports",
    body=schemas.ReportRectification,
    answer=schemas.Rectification,
)
def report_rectification(body: dict[str, Any], rectification_id: Any) -> ResponseReturnValue:
    """Hand in the report on what was put right (整改报告), as the unit."""
    return shown(call("supervision", "report_rectification", str(rectification_id), body))


@operation(
    blueprint,
    "POST",
    "/rectifications/<uuid:rectification_id>/returns",
    body=schemas.ReturnRectification,
    answer=schemas.Rectification,
)
def return_rectification(body: dict[str, Any], rectification_id: Any) -> ResponseReturnValue:
    """Return the report with a reason (退回); never as the unit."""
    return shown(call("supervision", "return_rectification", str(rectification_id), body))


@operation(
    blueprint,
    "POST",
    "/rectifications/<uuid:rectification_id>/confirmation",
    body=schemas.ConfirmRectification,
    answer=schemas.Rectification,
)
def confirm_rectification(body: dict[str, Any], rectification_id: Any) -> ResponseReturnValue:
    """Confirm that it is put right (确认); never as the unit."""
    return shown(call("supervision", "confirm_rectification", str(rectification_id), body))


@operation(
    blueprint,
    "POST",
    "/rectifications/<uuid:rectification_id>/extension",
    body=schemas.ExtendRectification,
    answer=schemas.Rectification,
)
def extend_rectification(body: dict[str, Any], rectification_id: Any) -> ResponseReturnValue:
    """Give the unit more time with a reason (延期), as much as the rule allows."""
    return shown(call("supervision", "extend_rectification", str(rectification_id), body))
