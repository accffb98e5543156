"""Similar suggestions (相似建议): shown, never merged; a person decides."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.proposal.schemas import similarity as schemas

from ..resource import call, operation, shown

blueprint = Blueprint(
    "similar suggestions", __name__, description="相似建议 What others have asked for already"
)


@operation(
    blueprint,
    "GET",
    "/suggestions/<uuid:suggestion_id>/similar",
    query=schemas.SimilarQuery,
    answer=schemas.SimilarSuggestions,
)
def list_similar_suggestions(query: dict[str, Any], suggestion_id: Any) -> ResponseReturnValue:
    """List those similar to a suggestion, with the reasons."""
    return shown(call("similarity", "list_similar_suggestions", str(suggestion_id), query))


@operation(
    blueprint,
    "POST",
    "/similar-searches",
    body=schemas.SearchSimilar,
    answer=schemas.SimilarSuggestions,
    changes=False,
)
def search_similar_suggestions(body: dict[str, Any]) -> ResponseReturnValue:
    """Search those similar to a draft, with the reasons.

    Changes nothing and needs no Idempotency-Key.  It is a POST because the draft's text is part of
    the question: ten thousand Chinese characters are 90 kB in a request line, of which 8 kB are
    read; and what somebody has not submitted yet belongs into no log of addresses.
    """
    return shown(call("similarity", "search_similar_suggestions", body))
