"""Meetings about the projects (会议)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.supervision.schemas import records as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint(
    "meetings",
    __name__,
    description="会议 Kick-off, regular, report and standing committee meetings",
)


@operation(
    blueprint,
    "POST",
    "/meetings",
    body=schemas.RecordMeeting,
    answer=schemas.Meeting,
    status=201,
)
def record_meeting(body: dict[str, Any]) -> ResponseReturnValue:
    """Record a meeting."""
    return created(call("supervision", "record_meeting", body), "/v1/meetings/{id}")


@operation(
    blueprint,
    "GET",
    "/meetings",
    query=schemas.MeetingQuery,
    answer=schemas.Meeting,
    many=True,
)
def list_meetings(query: dict[str, Any]) -> ResponseReturnValue:
    """List the meetings by day."""
    return listed(call("supervision", "list_meetings", query))


@operation(blueprint, "GET", "/meetings/<uuid:meeting_id>", answer=schemas.Meeting)
def get_meeting(meeting_id: Any) -> ResponseReturnValue:
    """Show a meeting."""
    return shown(call("supervision", "get_meeting", str(meeting_id)))
