"""The timeline of a project (项目时间轴), and the desk of what waits (专项监督台)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint
from marshmallow import fields

from services.supervision.schemas import timelines as schemas

from ..links import linked
from ..resource import call, listed, operation

blueprint = Blueprint(
    "timelines", __name__, description="时间轴、监督台 What happened, and what waits"
)


class LinkedTimelineEntry(schemas.TimelineEntry):
    """With where it can be read; null where it cannot be read by itself."""

    link = fields.String(required=True, allow_none=True)


class LinkedTimeline(schemas.Timeline):
    """A page of them."""

    items = fields.List(fields.Nested(LinkedTimelineEntry), required=True)


class LinkedDeskItem(schemas.DeskItem):
    """With where it can be read; null where it cannot be read by itself."""

    link = fields.String(required=True, allow_none=True)


class LinkedDesk(schemas.Desk):
    """A page of them."""

    items = fields.List(fields.Nested(LinkedDeskItem), required=True)


@operation(
    blueprint,
    "GET",
    "/projects/<uuid:project_id>/timeline",
    query=schemas.TimelineQuery,
    answer=LinkedTimeline,
)
def get_timeline(query: dict[str, Any], project_id: Any) -> ResponseReturnValue:
    """Tell what happened to a project, in order of day; without a token what is public of it."""
    page = call("supervision", "get_timeline", str(project_id), query)
    return listed(page | {"items": linked(page["items"])})


@operation(blueprint, "GET", "/desk", query=schemas.DeskQuery, answer=LinkedDesk)
def get_desk(query: dict[str, Any]) -> ResponseReturnValue:
    """Show what waits for the reader, by her roles, the most urgent first."""
    page = call("supervision", "get_desk", query)
    return listed(page | {"items": linked(page["items"])})
