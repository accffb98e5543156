"""Findings of visits (走访发现), and who took part beside the deputies."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.supervision.schemas import findings as schemas
from services.supervision.schemas import meetings

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint(
    "findings", __name__, description="走访发现 What was seen on visits, and by whom"
)


@operation(
    blueprint,
    "POST",
    "/visits/<uuid:visit_id>/findings",
    body=schemas.NoteFinding,
    answer=schemas.Finding,
    status=201,
)
def note_finding(body: dict[str, Any], visit_id: Any) -> ResponseReturnValue:
    """Note what was seen on a visit."""
    return created(call("supervision", "note_finding", str(visit_id), body), "/v1/findings/{id}")


@operation(
    blueprint,
    "GET",
    "/findings",
    query=schemas.FindingQuery,
    answer=schemas.Finding,
    many=True,
)
def list_findings(query: dict[str, Any]) -> ResponseReturnValue:
    """List findings by day."""
    return listed(call("supervision", "list_findings", query))


@operation(blueprint, "GET", "/findings/<uuid:finding_id>", answer=schemas.Finding)
def get_finding(finding_id: Any) -> ResponseReturnValue:
    """Show a finding."""
    return shown(call("supervision", "get_finding", str(finding_id)))


@operation(
    blueprint,
    "POST",
    "/findings/<uuid:finding_id>/links",
    body=schemas.LinkFinding,
    answer=schemas.Finding,
    status=201,
)
def link_finding(body: dict[str, Any], finding_id: Any) -> ResponseReturnValue:
    """Point to the problem or the opinion that it became."""
    return created(call("supervision", "link_finding", str(finding_id), body))


@operation(
    blueprint,
    "POST",
    "/visits/<uuid:visit_id>/participants",
    body=meetings.TakePart,
    answer=meetings.Participant,
    status=201,
)
def join_visit(body: dict[str, Any], visit_id: Any) -> ResponseReturnValue:
    """Record that somebody who is no deputy took part."""
    return created(call("supervision", "join_visit", str(visit_id), body))


@operation(
    blueprint,
    "GET",
    "/visits/<uuid:visit_id>/participants",
    query=meetings.ParticipantQuery,
    answer=meetings.Participant,
    many=True,
)
def list_visit_participants(query: dict[str, Any], visit_id: Any) -> ResponseReturnValue:
    """List who took part beside the deputies."""
    return listed(call("supervision", "list_visit_participants", str(visit_id), query))


@operation(
    blueprint,
    "GET",
    "/turnout",
    query=schemas.TurnoutQuery,
    answer=schemas.Turnout,
)
def get_turnout(query: dict[str, Any]) -> ResponseReturnValue:
    """Show who took part in visits: persons and person-times, by role."""
    return shown(call("supervision", "get_turnout", query))


@operation(
    blueprint,
    "GET",
    "/online-participation",
    query=schemas.ParticipationQuery,
    answer=schemas.OnlineParticipation,
)
def get_online_participation(query: dict[str, Any]) -> ResponseReturnValue:
    """Show the online supervision of a year by month."""
    return shown(call("supervision", "get_online_participation", query))
