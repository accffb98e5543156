"""Suggestions (建议)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.proposal.schemas import suggestions as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint("suggestions", __name__, description="建议 What people and deputies ask for")


@operation(
    blueprint,
    "POST",
    "/suggestions",
    body=schemas.SubmitSuggestion,
    answer=schemas.Suggestion,
    status=201,
)
def submit_suggestion(body: dict[str, Any]) -> ResponseReturnValue:
    """Submit a suggestion."""
    return created(call("proposal", "submit_suggestion", body), "/v1/suggestions/{id}")


@operation(
    blueprint,
    "GET",
    "/suggestions",
    query=schemas.SuggestionQuery,
    answer=schemas.Suggestion,
    many=True,
)
def list_suggestions(query: dict[str, Any]) -> ResponseReturnValue:
    """List or search suggestions."""
    return listed(call("proposal", "list_suggestions", query))


@operation(blueprint, "GET", "/suggestions/<uuid:suggestion_id>", answer=schemas.Suggestion)
def get_suggestion(suggestion_id: Any) -> ResponseReturnValue:
    """Show a suggestion."""
    return shown(call("proposal", "get_suggestion", str(suggestion_id)))


@operation(
    blueprint,
    "POST",
    "/suggestions/<uuid:suggestion_id>/sorting",
    body=schemas.SortSuggestion,
    answer=schemas.Suggestion,
)
def sort_suggestion(body: dict[str, Any], suggestion_id: Any) -> ResponseReturnValue:
    """Accept or return a suggestion (梳理)."""
    return shown(call("proposal", "sort_suggestion", str(suggestion_id), body))


@operation(
    blueprint,
    "POST",
    "/suggestions/<uuid:suggestion_id>/match",
    body=schemas.MatchSuggestion,
    answer=schemas.Suggestion,
)
def match_suggestion(body: dict[str, Any], suggestion_id: Any) -> ResponseReturnValue:
    """Say which voted sub-item it matches (相吻合)."""
    return shown(call("proposal", "match_suggestion", str(suggestion_id), body))
