"""Sessions of a congress (会议), and signing in (签到)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.ballot import schemas
from services.chassis.paging import PageQuery

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint("sessions", __name__, description="会议 Sessions of a congress")


@operation(
    blueprint,
    "POST",
    "/sessions",
    body=schemas.OpenSession,
    answer=schemas.Session,
    status=201,
)
def open_session(body: dict[str, Any]) -> ResponseReturnValue:
    """Announce a session."""
    return created(call("ballot", "open_session", body), "/v1/sessions/{id}")


@operation(
    blueprint, "GET", "/sessions", query=schemas.CongressQuery, answer=schemas.Session, many=True
)
def list_sessions(query: dict[str, Any]) -> ResponseReturnValue:
    """List the sessions, of one congress or of all."""
    return listed(call("ballot", "list_sessions", query))


@operation(blueprint, "GET", "/sessions/<uuid:session_id>", answer=schemas.Session)
def get_session(session_id: Any) -> ResponseReturnValue:
    """Show a session."""
    return shown(call("ballot", "get_session", str(session_id)))


@operation(
    blueprint,
    "POST",
    "/sessions/<uuid:session_id>/sign-ins",
    body=schemas.SignInDeputy,
    answer=schemas.SignIn,
    status=201,
)
def sign_in_deputy(body: dict[str, Any], session_id: Any) -> ResponseReturnValue:
    """Note that a deputy is present on a day (签到)."""
    return created(call("ballot", "sign_in_deputy", str(session_id), body))


@operation(
    blueprint,
    "POST",
    "/sessions/<uuid:session_id>/officers",
    body=schemas.ApproveOfficer,
    answer=schemas.Officer,
    status=201,
)
def approve_officer(body: dict[str, Any], session_id: Any) -> ResponseReturnValue:
    """Record an officer of the session: scrutineers, tellers, executive chairpersons."""
    return created(call("ballot", "approve_officer", str(session_id), body))


@operation(
    blueprint,
    "GET",
    "/sessions/<uuid:session_id>/officers",
    query=PageQuery,
    answer=schemas.Officer,
    many=True,
)
def list_officers(query: dict[str, Any], session_id: Any) -> ResponseReturnValue:
    """List the officers of a session."""
    return listed(call("ballot", "list_officers", str(session_id), query))
