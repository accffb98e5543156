"""The figures of the annual report, each down to the records that it counts."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint
from marshmallow import fields

from services.supervision.schemas import reports as schemas

from ..links import PATHS
from ..resource import call, listed, operation

blueprint = Blueprint(
    "report_figures", __name__, description="报告数字 Each with the records behind it"
)

#: Where a record of a kind is; what has no resource of its own is found with what it belongs to.
LINKS = PATHS | {
    "suggestion": "/v1/suggestions/{id}",
    "suggested-project": "/v1/suggested-projects/{id}",
    "deputy": "/v1/deputies/{id}",
    "ballot": "/v1/ballots/{id}/result",
    "sub-item": "/v1/projects/{of}",
    "attendance": "/v1/visits/{of}/attendances",
    "indicator-entry": "/v1/indicators/{of}",
    "task-check": "/v1/task-items/{of}",
}


class LinkedFigureRecord(schemas.FigureRecord):
    """A record with where it can be read; null where it cannot be read one by one."""

    link = fields.String(required=True, allow_none=True)


class LinkedFigureRecords(schemas.FigureRecords):
    """A page of them."""

    items = fields.List(fields.Nested(LinkedFigureRecord), required=True)


@operation(
    blueprint,
    "GET",
    "/reports/<int(min=1949, max=2200):year>/figures/<string(maxlength=80):key>/records",
    query=schemas.FigureRecordsQuery,
    answer=LinkedFigureRecords,
)
def list_report_figure_records(query: dict[str, Any], year: int, key: str) -> ResponseReturnValue:
    """List the records behind a figure; their lines, joined and hashed, give its hash."""
    page = call("supervision", "list_report_figure_records", year, key, query)
    return listed(page | {"items": [one | {"link": _link(one)} for one in page["items"]]})


def _link(record: dict[str, Any]) -> str | None:
    path = LINKS.get(record["kind"])
    return path.format(**record) if path else None
