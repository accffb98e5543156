"""Decisions of meetings (议定事项), until they are done."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.supervision.schemas import meetings as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint("decisions", __name__, description="议定事项 What meetings decided")


@operation(
    blueprint,
    "GET",
    "/decisions",
    query=schemas.DecisionQuery,
    answer=schemas.Decision,
    many=True,
)
def list_decisions(query: dict[str, Any]) -> ResponseReturnValue:
    """List decisions by day."""
    return listed(call("supervision", "list_decisions", query))


@operation(blueprint, "GET", "/decisions/<uuid:decision_id>", answer=schemas.Decision)
def get_decision(decision_id: Any) -> ResponseReturnValue:
    """Show a decision."""
    return shown(call("supervision", "get_decision", str(decision_id)))


@operation(
    blueprint,
    "POST",
    "/decisions/<uuid:decision_id>/completion",
    body=schemas.EndDecision,
    answer=schemas.Decision,
    status=201,
)
def complete_decision(body: dict[str, Any], decision_id: Any) -> ResponseReturnValue:
    """Note that a decision was carried out."""
    return created(call("supervision", "complete_decision", str(decision_id), body))


@operation(
    blueprint,
    "POST",
    "/decisions/<uuid:decision_id>/dropping",
    body=schemas.EndDecision,
    answer=schemas.Decision,
    status=201,
)
def drop_decision(body: dict[str, Any], decision_id: Any) -> ResponseReturnValue:
    """Note that a decision is not carried out, and why."""
    return created(call("supervision", "drop_decision", str(decision_id), body))
