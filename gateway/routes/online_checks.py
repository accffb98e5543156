"""Checks of projects made online (线上监督)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.supervision.schemas import opinions as schemas

from ..resource import call, created, listed, operation

blueprint = Blueprint(
    "online_checks", __name__, description="线上监督 Deputies look at progress online"
)


@operation(
    blueprint,
    "POST",
    "/online-checks",
    body=schemas.CheckOnline,
    answer=schemas.OnlineCheck,
    status=201,
)
def check_online(body: dict[str, Any]) -> ResponseReturnValue:
    """Record that a deputy looked at a project's progress."""
    return created(call("supervision", "check_online", body))


@operation(
    blueprint,
    "GET",
    "/online-checks",
    query=schemas.OnlineCheckQuery,
    answer=schemas.OnlineCheck,
    many=True,
)
def list_online_checks(query: dict[str, Any]) -> ResponseReturnValue:
    """List the checks."""
    return listed(call("supervision", "list_online_checks", query))
