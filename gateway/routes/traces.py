"""What became of suggestions, and what stands behind projects."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.chassis.paging import PageQuery
from services.proposal.schemas import following as schemas
from services.proposal.schemas.tracing import ProjectTrace, SuggestionTrace

from ..resource import call, listed, operation, shown

blueprint = Blueprint("traces", __name__, description="追踪 From suggestion to project and back")


@operation(blueprint, "GET", "/trace/suggestions/<uuid:suggestion_id>", answer=SuggestionTrace)
def trace_suggestion(suggestion_id: Any) -> ResponseReturnValue:
    """Show what became of a suggestion."""
    return shown(call("proposal", "trace_suggestion", str(suggestion_id)))


@operation(blueprint, "GET", "/trace/projects/<uuid:project_id>", answer=ProjectTrace)
def trace_project(project_id: Any) -> ResponseReturnValue:
    """Show every accepted suggestion behind a candidate or project."""
    return shown(call("proposal", "trace_project", str(project_id)))


@operation(
    blueprint,
    "GET",
    "/suggestions/<uuid:suggestion_id>/follow-ups",
    query=PageQuery,
    answer=schemas.FollowUp,
    many=True,
)
def list_follow_ups(query: dict[str, Any], suggestion_id: Any) -> ResponseReturnValue:
    """List what the author was told (告知)."""
    return listed(call("proposal", "list_follow_ups", str(suggestion_id), query))


@operation(
    blueprint,
    "GET",
    "/suggestions/<uuid:suggestion_id>/matches",
    query=PageQuery,
    answer=schemas.Match,
    many=True,
)
def list_matches(query: dict[str, Any], suggestion_id: Any) -> ResponseReturnValue:
    """List every judgement of what it matches (相吻合)."""
    return listed(call("proposal", "list_matches", str(suggestion_id), query))
