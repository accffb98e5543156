"""Meetings about the projects (会议)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.supervision.schemas import meetings as schemas

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


@operation(
    blueprint,
    "POST",
    "/meetings/<uuid:meeting_id>/minutes",
    body=schemas.WriteMinutes,
    answer=schemas.MeetingMinutes,
    status=201,
)
def write_minutes(body: dict[str, Any], meeting_id: Any) -> ResponseReturnValue:
    """Keep a meeting's minutes; a later version says why."""
    return created(call("supervision", "write_minutes", str(meeting_id), body))


@operation(blueprint, "GET", "/meetings/<uuid:meeting_id>/minutes", answer=schemas.MeetingMinutes)
def get_minutes(meeting_id: Any) -> ResponseReturnValue:
    """Show a meeting's minutes, each version."""
    return shown(call("supervision", "get_minutes", str(meeting_id)))


@operation(
    blueprint,
    "POST",
    "/meetings/<uuid:meeting_id>/participants",
    body=schemas.TakePart,
    answer=schemas.Participant,
    status=201,
)
def attend_meeting(body: dict[str, Any], meeting_id: Any) -> ResponseReturnValue:
    """Record that somebody took part."""
    return created(call("supervision", "attend_meeting", str(meeting_id), body))


@operation(
    blueprint,
    "GET",
    "/meetings/<uuid:meeting_id>/participants",
    query=schemas.ParticipantQuery,
    answer=schemas.Participant,
    many=True,
)
def list_meeting_participants(query: dict[str, Any], meeting_id: Any) -> ResponseReturnValue:
    """List who took part."""
    return listed(call("supervision", "list_meeting_participants", str(meeting_id), query))


@operation(
    blueprint,
    "POST",
    "/meetings/<uuid:meeting_id>/decisions",
    body=schemas.TakeDecision,
    answer=schemas.Decision,
    status=201,
)
def take_decision(body: dict[str, Any], meeting_id: Any) -> ResponseReturnValue:
    """Record what a meeting decided."""
    return created(
        call("supervision", "take_decision", str(meeting_id), body), "/v1/decisions/{id}"
    )


@operation(
    blueprint,
    "POST",
    "/meetings/<uuid:meeting_id>/questions",
    body=schemas.AskQuestion,
    answer=schemas.Question,
    status=201,
)
def ask_question(body: dict[str, Any], meeting_id: Any) -> ResponseReturnValue:
    """Ask a unit at a meeting."""
    return created(call("supervision", "ask_question", str(meeting_id), body), "/v1/questions/{id}")
