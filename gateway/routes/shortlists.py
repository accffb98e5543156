"""Shortlists (候选项目清单)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.proposal.schemas import shortlists as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint("shortlists", __name__, description="候选项目清单 What goes to the vote")


@operation(
    blueprint,
    "POST",
    "/shortlists",
    body=schemas.DrawUpShortlist,
    answer=schemas.Shortlist,
    status=201,
)
def draw_up_shortlist(body: dict[str, Any]) -> ResponseReturnValue:
    """Draw up a shortlist."""
    return created(call("proposal", "draw_up_shortlist", body), "/v1/shortlists/{id}")


@operation(
    blueprint,
    "POST",
    "/shortlists/<uuid:shortlist_id>/adoption",
    body=schemas.AdoptShortlist,
    answer=schemas.Shortlist,
)
def adopt_shortlist(body: dict[str, Any], shortlist_id: Any) -> ResponseReturnValue:
    """Adopt a shortlist; from then on it is frozen."""
    return shown(call("proposal", "adopt_shortlist", str(shortlist_id), body))


@operation(blueprint, "GET", "/shortlists/<uuid:shortlist_id>", answer=schemas.Shortlist)
def get_shortlist(shortlist_id: Any) -> ResponseReturnValue:
    """Show a shortlist; before its adoption to those who work on it."""
    return shown(call("proposal", "get_shortlist", str(shortlist_id)))


@operation(
    blueprint,
    "GET",
    "/shortlists",
    query=schemas.ShortlistQuery,
    answer=schemas.Shortlist,
    many=True,
)
def list_shortlists(query: dict[str, Any]) -> ResponseReturnValue:
    """List the shortlists; the public sees those that were adopted."""
    return listed(call("proposal", "list_shortlists", query))


@operation(
    blueprint,
    "POST",
    "/shortlists/<uuid:shortlist_id>/stages",
    body=schemas.PassStage,
    answer=schemas.Shortlist,
    status=201,
)
def pass_shortlist_stage(body: dict[str, Any], shortlist_id: Any) -> ResponseReturnValue:
    """Record a stage of the preliminary selection (初定): passed, or given back."""
    return created(call("proposal", "pass_shortlist_stage", str(shortlist_id), body))


@operation(
    blueprint,
    "GET",
    "/shortlists/<uuid:shortlist_id>/document",
    answer=schemas.ShortlistDocument,
)
def get_shortlist_document(shortlist_id: Any) -> ResponseReturnValue:
    """Show an adopted shortlist in Chinese, as Markdown."""
    return shown(call("proposal", "get_shortlist_document", str(shortlist_id)))
