"""Ballot methods (票决办法)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.ballot import schemas
from services.chassis.paging import PageQuery

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint("ballot-methods", __name__, description="票决办法 The rules of a ballot")


@operation(
    blueprint,
    "POST",
    "/ballot-methods",
    body=schemas.DraftBallotMethod,
    answer=schemas.BallotMethod,
    status=201,
)
def draft_ballot_method(body: dict[str, Any]) -> ResponseReturnValue:
    """Draft a ballot method, perhaps one that supersedes another."""
    return created(call("ballot", "draft_ballot_method", body), "/v1/ballot-methods/{id}")


@operation(
    blueprint,
    "POST",
    "/ballot-methods/<uuid:method_id>/adoption",
    body=schemas.AdoptBallotMethod,
    answer=schemas.BallotMethod,
)
def adopt_ballot_method(body: dict[str, Any], method_id: Any) -> ResponseReturnValue:
    """Adopt a ballot method; from then on ballots can be held by it."""
    return shown(call("ballot", "adopt_ballot_method", str(method_id), body))


@operation(
    blueprint, "GET", "/ballot-methods", query=PageQuery, answer=schemas.BallotMethod, many=True
)
def list_ballot_methods(query: dict[str, Any]) -> ResponseReturnValue:
    """List the ballot methods."""
    return listed(call("ballot", "list_ballot_methods", query))


@operation(blueprint, "GET", "/ballot-methods/<uuid:method_id>", answer=schemas.BallotMethod)
def get_ballot_method(method_id: Any) -> ResponseReturnValue:
    """Show a ballot method."""
    return shown(call("ballot", "get_ballot_method", str(method_id)))
