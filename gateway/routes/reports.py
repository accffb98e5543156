"""The annual report (年度监督情况报告) and its figures."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.chassis.paging import PageQuery
from services.supervision.schemas import reports as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint(
    "reports", __name__, description="报告 Computed from dated records when asked for"
)


@operation(
    blueprint,
    "POST",
    "/reports",
    body=schemas.DefineReport,
    answer=schemas.ReportDefinition,
    status=201,
)
def define_report(body: dict[str, Any]) -> ResponseReturnValue:
    """Define a year's report, or define it anew."""
    return created(call("supervision", "define_report", body), "/v1/reports/{year}")


@operation(
    blueprint,
    "GET",
    "/reports",
    query=PageQuery,
    answer=schemas.ReportDefinition,
    many=True,
)
def list_reports(query: dict[str, Any]) -> ResponseReturnValue:
    """List the definitions of the reports."""
    return listed(call("supervision", "list_reports", query))


@operation(
    blueprint,
    "GET",
    "/reports/<int(min=1949, max=2200):year>",
    query=schemas.AsOfQuery,
    answer=schemas.AnnualReport,
)
def get_report(query: dict[str, Any], year: int) -> ResponseReturnValue:
    """Show the report in Chinese, as Markdown, with its figures as of a day."""
    return shown(call("supervision", "get_report", year, query))


@operation(
    blueprint,
    "GET",
    "/reports/<int(min=1949, max=2200):year>/figures",
    query=schemas.AsOfQuery,
    answer=schemas.ReportFigures,
)
def get_report_figures(query: dict[str, Any], year: int) -> ResponseReturnValue:
    """Show each figure as of a day, with its definition, count and hash."""
    return shown(call("supervision", "get_report_figures", year, query))
