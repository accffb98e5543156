"""Opinions about projects (意见建议): raised, handled, replied to."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.supervision.schemas import opinions as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint(
    "opinions", __name__, description="意见建议 Raised by deputies, handled and replied to by units"
)


@operation(
    blueprint,
    "POST",
    "/opinions",
    body=schemas.RaiseOpinion,
    answer=schemas.ProjectOpinion,
    status=201,
)
def raise_opinion(body: dict[str, Any]) -> ResponseReturnValue:
    """Raise an opinion."""
    return created(call("supervision", "raise_opinion", body), "/v1/opinions/{id}")


@operation(
    blueprint,
    "GET",
    "/opinions",
    query=schemas.OpinionQuery,
    answer=schemas.ProjectOpinion,
    many=True,
)
def list_opinions(query: dict[str, Any]) -> ResponseReturnValue:
    """List the opinions by day; the open ones with open=true."""
    return listed(call("supervision", "list_opinions", query))


@operation(blueprint, "GET", "/opinions/<uuid:opinion_id>", answer=schemas.ProjectOpinion)
def get_opinion(opinion_id: Any) -> ResponseReturnValue:
    """Show an opinion."""
    return shown(call("supervision", "get_opinion", str(opinion_id)))


@operation(
    blueprint,
    "POST",
    "/opinions/<uuid:opinion_id>/handling",
    body=schemas.HandleOpinion,
    answer=schemas.ProjectOpinion,
)
def handle_opinion(body: dict[str, Any], opinion_id: Any) -> ResponseReturnValue:
    """Say that a unit has dealt with it (处理)."""
    return shown(call("supervision", "handle_opinion", str(opinion_id), body))


@operation(
    blueprint,
    "POST",
    "/opinions/<uuid:opinion_id>/reply",
    body=schemas.ReplyToOpinion,
    answer=schemas.ProjectOpinion,
)
def reply_to_opinion(body: dict[str, Any], opinion_id: Any) -> ResponseReturnValue:
    """Reply to the deputy (回复)."""
    return shown(call("supervision", "reply_to_opinion", str(opinion_id), body))
