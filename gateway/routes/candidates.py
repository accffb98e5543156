"""Candidate projects (候选项目)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.proposal.schemas import candidates as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint("candidates", __name__, description="候选项目 Put forward for the vote")


@operation(
    blueprint,
    "POST",
    "/candidates",
    body=schemas.ProposeCandidate,
    answer=schemas.Candidate,
    status=201,
)
def propose_candidate(body: dict[str, Any]) -> ResponseReturnValue:
    """Put a candidate forward."""
    return created(call("proposal", "propose_candidate", body), "/v1/candidates/{id}")


@operation(blueprint, "GET", "/candidates/<uuid:candidate_id>", answer=schemas.Candidate)
def get_candidate(candidate_id: Any) -> ResponseReturnValue:
    """Show a candidate."""
    return shown(call("proposal", "get_candidate", str(candidate_id)))


@operation(
    blueprint,
    "GET",
    "/candidates",
    query=schemas.CandidateQuery,
    answer=schemas.Candidate,
    many=True,
)
def list_candidates(query: dict[str, Any]) -> ResponseReturnValue:
    """List the candidates."""
    return listed(call("proposal", "list_candidates", query))


@operation(
    blueprint,
    "POST",
    "/candidates/<uuid:candidate_id>/opinions",
    body=schemas.GiveOpinion,
    answer=schemas.Candidate,
    status=201,
)
def give_opinion_on_candidate(body: dict[str, Any], candidate_id: Any) -> ResponseReturnValue:
    """Give an opinion on necessity, feasibility or fiscal capacity (审议意见)."""
    return created(call("proposal", "give_opinion_on_candidate", str(candidate_id), body))
