"""Passages written for the annual report (报告文本)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.supervision.schemas import reports as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint(
    "report_texts",
    __name__,
    description="报告文本 Evaluation, recommendations and work, in people's words",
)


@operation(
    blueprint,
    "POST",
    "/report-texts",
    body=schemas.WriteReportText,
    answer=schemas.ReportText,
    status=201,
)
def write_report_text(body: dict[str, Any]) -> ResponseReturnValue:
    """Write a passage."""
    return created(call("supervision", "write_report_text", body), "/v1/report-texts/{id}")


@operation(
    blueprint,
    "GET",
    "/report-texts",
    query=schemas.ReportTextQuery,
    answer=schemas.ReportText,
    many=True,
)
def list_report_texts(query: dict[str, Any]) -> ResponseReturnValue:
    """List the passages by day."""
    return listed(call("supervision", "list_report_texts", query))


@operation(blueprint, "GET", "/report-texts/<uuid:text_id>", answer=schemas.ReportText)
def get_report_text(text_id: Any) -> ResponseReturnValue:
    """Show a passage."""
    return shown(call("supervision", "get_report_text", str(text_id)))
