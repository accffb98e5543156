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
    "/ballot-methods/<uuid:method_id>/discussions",
    body=schemas.DiscussBallotMethod,
    answer=schemas.BallotMethod,
    status=201,
)
def discuss_ballot_method(body: dict[str, Any], method_id: Any) -> ResponseReturnValue:
    """Note that a delegation discussed the draft (代表团讨论)."""
    return created(call("ballot", "discuss_ballot_method", str(method_id), body))


@operation(
    blueprint,
    "GET",
    "/ballot-methods/<uuid:method_id>/discussions",
    query=PageQuery,
    answer=schemas.DiscussionOfMethod,
    many=True,
)
def list_ballot_method_discussions(query: dict[str, Any], method_id: Any) -> ResponseReturnValue:
    """List the delegations' discussions of a draft, with what they said."""
    return listed(call("ballot", "list_ballot_method_discussions", str(method_id), query))


@operation(
    blueprint,
    "POST",
    "/ballot-methods/<uuid:method_id>/presidium-decisions",
    body=schemas.SubmitBallotMethod,
    answer=schemas.BallotMethod,
    status=201,
)
def submit_ballot_method(body: dict[str, Any], method_id: Any) -> ResponseReturnValue:
    """Note that the presidium passed the draft and put it before the plenary (主席团通过)."""
    return created(call("ballot", "submit_ballot_method", str(method_id), body))


@operation(
    blueprint,
    "POST",
    "/ballot-methods/<uuid:method_id>/adoption",
    body=schemas.AdoptBallotMethod,
    answer=schemas.BallotMethod,
)
def adopt_ballot_method(body: dict[str, Any], method_id: Any) -> ResponseReturnValue:
    """Note that the plenary adopted a method; from then on ballots can be held by it."""
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
