"""Accepted suggestions as anybody may see them."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.proposal.schemas import supports as schemas

from ..resource import call, listed, operation, shown

blueprint = Blueprint(
    "published-suggestions", __name__, description="公开建议 Accepted suggestions, for anybody"
)


@operation(
    blueprint,
    "GET",
    "/published-suggestions",
    query=schemas.PublishedQuery,
    answer=schemas.PublishedSuggestion,
    many=True,
)
def list_published_suggestions(query: dict[str, Any]) -> ResponseReturnValue:
    """List accepted suggestions."""
    return listed(call("proposal", "list_published_suggestions", query))


@operation(
    blueprint,
    "GET",
    "/published-suggestions/<uuid:suggestion_id>",
    answer=schemas.PublishedSuggestion,
)
def get_published_suggestion(suggestion_id: Any) -> ResponseReturnValue:
    """Show an accepted suggestion."""
    return shown(call("proposal", "get_published_suggestion", str(suggestion_id)))
