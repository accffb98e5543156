"""Board, map, matrix and statistics (进度榜、民生实事图、矩阵、统计)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from flask import Response, jsonify
from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.commons.sheets.text import neutral
from services.supervision.schemas import views as schemas

from ..resource import call, caller, operation, shown, streamed

blueprint = Blueprint(
    "views", __name__, description="进度榜、民生实事图、统计 How the projects stand"
)

GEOJSON = "application/geo+json"
CSV = "text/csv; charset=utf-8"

#: The columns of the export, by what they are called in Chinese.
COLUMNS = {
    "register": "登记簿",
    "id": "编号",
    "project": "项目",
    "project_id": "项目编号",
    "unit": "承办单位",
    "unit_id": "承办单位编号",
    "channel": "渠道",
    "kind": "类别",
    "class": "一般或重大",
    "state": "状态",
    "division": "区划代码",
    "raised_on": "提出日期",
    "routed_on": "转办日期",
    "accepted_on": "接办日期",
    "handled_on": "办理日期",
    "replied_on": "答复日期",
    "result": "办理结果",
    "judged_on": "评价日期",
    "judgement": "评价",
    "talked_on": "面商日期",
    "published_on": "公开日期",
    "confirmed_on": "核实日期",
    "closed_on": "办结日期",
    "recorded_at": "登记时间",
}


@operation(blueprint, "GET", "/board", query=schemas.BoardQuery, answer=schemas.Board)
def get_board(query: dict[str, Any]) -> ResponseReturnValue:
    """Show the progress board of a year; with a token, matters and money too."""
    return shown(call("supervision", "get_board", query))


@operation(blueprint, "GET", "/map", query=schemas.MapQuery, gives=[GEOJSON])
def get_map(query: dict[str, Any]) -> ResponseReturnValue:
    """Show sites and what was seen there as GeoJSON; places that persons gave are rounded."""
    response = jsonify(call("supervision", "get_map", query))
    response.content_type = GEOJSON
    return response


@operation(blueprint, "GET", "/matrix", query=schemas.YearOnQuery, answer=schemas.Matrix)
def get_matrix(query: dict[str, Any]) -> ResponseReturnValue:
    """Show projects by districts: the districts' parts, and the matters in each."""
    return shown(call("supervision", "get_matrix", query))


@operation(
    blueprint,
    "GET",
    "/supervision-statistics",
    query=schemas.SupervisionStatisticQuery,
    answer=schemas.SupervisionStatistic,
)
def count_supervision(query: dict[str, Any]) -> ResponseReturnValue:
    """Count a year's opinions and problems by what is asked for, visits, photos and meetings."""
    return shown(call("supervision", "count_supervision", query))


@operation(
    blueprint,
    "GET",
    "/supervision-statistics/matters.csv",
    query=schemas.MatterTimesFileQuery,
    gives=[CSV],
)
def list_matter_times(query: dict[str, Any]) -> ResponseReturnValue:
    """Export a year's opinions and problems with the day of every step, and no words."""
    ask = caller()
    first = ask("supervision", "list_matter_times", query)

    def pages() -> Iterator[list[dict[str, Any]]]:
        page = first
        yield page["items"]
        while page["next"]:
            page = ask("supervision", "list_matter_times", query | {"cursor": page["next"]})
            yield page["items"]

    response = Response(streamed(_lines(pages())), content_type=CSV)
    name = f"matters-{query['year']}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _lines(pages: Iterable[list[dict[str, Any]]]) -> Iterator[bytes]:
    """A page at a time as CSV, after the mark by which spreadsheets know UTF-8."""
    yield "\ufeff".encode() + _rows([list(COLUMNS.values())])
    for items in pages:
        yield _rows([[_cell(item[name]) for name in COLUMNS] for item in items])


def _cell(value: Any) -> str:
    """Text that no spreadsheet takes for a formula."""
    return "" if value is None else neutral(str(value))


def _rows(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()
