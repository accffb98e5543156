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
    """Submit a suggestion, or begin a draft."""
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
    "GET",
    "/own-suggestions",
    query=schemas.OwnSuggestionQuery,
    answer=schemas.Suggestion,
    many=True,
)
def list_own_suggestions(query: dict[str, Any]) -> ResponseReturnValue:
    """List one's own suggestions and drafts, with the reasons of returns."""
    return listed(call("proposal", "list_own_suggestions", query))


@operation(
    blueprint,
    "POST",
    "/suggestions/<uuid:suggestion_id>/submission",
    body=schemas.SubmitDraft,
    answer=schemas.Suggestion,
)
def submit_draft(body: dict[str, Any], suggestion_id: Any) -> ResponseReturnValue:
    """Submit a draft."""
    return shown(call("proposal", "submit_draft", str(suggestion_id), body))


@operation(
    blueprint,
    "POST",
    "/suggestions/<uuid:suggestion_id>/correction",
    body=schemas.CorrectSuggestion,
    answer=schemas.Suggestion,
)
def correct_suggestion(body: dict[str, Any], suggestion_id: Any) -> ResponseReturnValue:
    """Correct it; the earlier version is kept (更正)."""
    return shown(call("proposal", "correct_suggestion", str(suggestion_id), body))


@operation(
    blueprint,
    "GET",
    "/suggestions/<uuid:suggestion_id>/versions",
    answer=schemas.SuggestionVersions,
)
def list_suggestion_versions(suggestion_id: Any) -> ResponseReturnValue:
    """Show what it said before its corrections."""
    return shown(call("proposal", "list_suggestion_versions", str(suggestion_id)))


@operation(
    blueprint,
    "POST",
    "/suggestions/<uuid:suggestion_id>/withdrawal",
    body=schemas.WithdrawSuggestion,
    answer=schemas.Suggestion,
)
def withdraw_suggestion(body: dict[str, Any], suggestion_id: Any) -> ResponseReturnValue:
    """Take it back (撤回); a draft is thrown away."""
    return shown(call("proposal", "withdraw_suggestion", str(suggestion_id), body))


@operation(blueprint, "GET", "/suggestions/<uuid:suggestion_id>/sortings", answer=schemas.Sortings)
def list_sortings(suggestion_id: Any) -> ResponseReturnValue:
    """Show each act of sorting, with its rule."""
    return shown(call("proposal", "list_sortings", str(suggestion_id)))


@operation(
    blueprint,
    "POST",
    "/suggestions/<uuid:suggestion_id>/sorting",
    body=schemas.SortSuggestion,
    answer=schemas.Suggestion,
)
def sort_suggestion(body: dict[str, Any], suggestion_id: Any) -> ResponseReturnValue:
    """Accept, return or reclassify a suggestion (梳理); a corrected one is accepted by If-Match."""
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
