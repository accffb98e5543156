"""Support, co-signing, comments (支持、附议、评论)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.chassis.paging import PageQuery
from services.proposal.schemas import supports as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint("supports", __name__, description="支持、附议 Who stands behind a suggestion")


@operation(
    blueprint,
    "POST",
    "/suggestions/<uuid:suggestion_id>/supports",
    body=schemas.SupportSuggestion,
    answer=schemas.Support,
)
def support_suggestion(body: dict[str, Any], suggestion_id: Any) -> ResponseReturnValue:
    """Support it, once a person (支持)."""
    return shown(call("proposal", "support_suggestion", str(suggestion_id), body))


@operation(
    blueprint,
    "POST",
    "/suggestions/<uuid:suggestion_id>/support-withdrawal",
    body=schemas.SupportSuggestion,
    answer=schemas.Support,
)
def withdraw_support(body: dict[str, Any], suggestion_id: Any) -> ResponseReturnValue:
    """Support it no longer."""
    return shown(call("proposal", "withdraw_support", str(suggestion_id), body))


@operation(
    blueprint,
    "POST",
    "/suggestions/<uuid:suggestion_id>/cosignatures",
    body=schemas.CosignSuggestion,
    answer=schemas.Cosignature,
    status=201,
)
def cosign_suggestion(body: dict[str, Any], suggestion_id: Any) -> ResponseReturnValue:
    """Sign another deputy's or a resident's suggestion (附议)."""
    return created(call("proposal", "cosign_suggestion", str(suggestion_id), body))


@operation(
    blueprint,
    "GET",
    "/suggestions/<uuid:suggestion_id>/cosignatures",
    query=PageQuery,
    answer=schemas.Cosignature,
    many=True,
)
def list_cosignatures(query: dict[str, Any], suggestion_id: Any) -> ResponseReturnValue:
    """List who signed it."""
    return listed(call("proposal", "list_cosignatures", str(suggestion_id), query))


@operation(
    blueprint,
    "POST",
    "/suggestions/<uuid:suggestion_id>/comments",
    body=schemas.CommentOnSuggestion,
    answer=schemas.Comment,
    status=201,
)
def comment_on_suggestion(body: dict[str, Any], suggestion_id: Any) -> ResponseReturnValue:
    """Comment on it, as a deputy."""
    return created(call("proposal", "comment_on_suggestion", str(suggestion_id), body))


@operation(
    blueprint,
    "GET",
    "/suggestions/<uuid:suggestion_id>/comments",
    query=PageQuery,
    answer=schemas.Comment,
    many=True,
)
def list_comments(query: dict[str, Any], suggestion_id: Any) -> ResponseReturnValue:
    """List the comments."""
    return listed(call("proposal", "list_comments", str(suggestion_id), query))
