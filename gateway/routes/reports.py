"""The annual report (年度监督情况报告) and its figures."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Response
from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.chassis.paging import PageQuery
from services.commons.charts import Chart, to_svg
from services.commons.documents import DOCX, Document
from services.supervision.schemas import reports as schemas

from ..resource import call, created, listed, operation, shown

SVG = "image/svg+xml"

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


@operation(
    blueprint,
    "GET",
    "/reports/<int(min=1949, max=2200):year>/document",
    query=schemas.AsOfQuery,
    gives=[DOCX],
)
def get_report_document(query: dict[str, Any], year: int) -> ResponseReturnValue:
    """Get the report as DOCX, with its tables and with charts that Word draws."""
    return as_docx(call("supervision", "get_report_document", year, query))


@operation(
    blueprint,
    "GET",
    "/reports/<int(min=1949, max=2200):year>/charts/<string(maxlength=40):key>.svg",
    query=schemas.AsOfQuery,
    gives=[SVG],
)
def get_report_chart(query: dict[str, Any], year: int, key: str) -> ResponseReturnValue:
    """Get a chart of the report as SVG, with what it shows in words for who cannot see it."""
    chart = Chart.from_data(call("supervision", "get_report_chart", year, key, query))
    return as_svg(chart)


def as_docx(found: dict[str, Any]) -> Response:
    """The answer with a document as a file that is named by its title."""
    content = Document.from_data(found["document"]).to_docx()
    response = Response(content, content_type=DOCX)
    name = quote(f"{found['title']}.docx")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def as_svg(chart: Chart) -> Response:
    """The answer with a chart; nothing in it may run, whoever opens it by itself."""
    response = Response(to_svg(chart), content_type=f"{SVG}; charset=utf-8")
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response
