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
    """List the candidates, of a year, an aspect, a lead unit or a state."""
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


@operation(
    blueprint,
    "POST",
    "/candidates/<uuid:candidate_id>/opinions/<uuid:opinion_id>/answer",
    body=schemas.AnswerOpinion,
    answer=schemas.Candidate,
    status=201,
)
def answer_opinion_on_candidate(
    body: dict[str, Any], candidate_id: Any, opinion_id: Any
) -> ResponseReturnValue:
    """Answer an opinion as the lead unit or the government."""
    ids = str(candidate_id), str(opinion_id)
    return created(call("proposal", "answer_opinion_on_candidate", *ids, body))


@operation(
    blueprint,
    "GET",
    "/candidates/opinions",
    query=schemas.OpinionQuery,
    answer=schemas.CandidateOpinion,
    many=True,
)
def list_candidate_opinions(query: dict[str, Any]) -> ResponseReturnValue:
    """List the opinions on a year's candidates; with answered=false those that wait."""
    return listed(call("proposal", "list_candidate_opinions", query))


@operation(
    blueprint,
    "POST",
    "/candidates/<uuid:candidate_id>/revision",
    body=schemas.ReviseCandidate,
    answer=schemas.Candidate,
)
def revise_candidate(body: dict[str, Any], candidate_id: Any) -> ResponseReturnValue:
    """Revise a candidate, until it stands on an adopted shortlist; the former version is kept."""
    return shown(call("proposal", "revise_candidate", str(candidate_id), body))


@operation(
    blueprint,
    "GET",
    "/candidates/<uuid:candidate_id>/versions",
    answer=schemas.CandidateVersions,
)
def list_candidate_versions(candidate_id: Any) -> ResponseReturnValue:
    """Show all versions of a candidate, with what each changed."""
    return shown(call("proposal", "list_candidate_versions", str(candidate_id)))


@operation(
    blueprint,
    "POST",
    "/candidates/<uuid:candidate_id>/screenings",
    body=schemas.ScreenCandidate,
    answer=schemas.Candidate,
    status=201,
)
def screen_candidate(body: dict[str, Any], candidate_id: Any) -> ResponseReturnValue:
    """Score a candidate by the principles in force (普惠性、均衡性、公益性…)."""
    return created(call("proposal", "screen_candidate", str(candidate_id), body))


@operation(
    blueprint,
    "POST",
    "/candidates/<uuid:candidate_id>/return",
    body=schemas.ReturnCandidate,
    answer=schemas.Candidate,
)
def return_candidate_to_pool(body: dict[str, Any], candidate_id: Any) -> ResponseReturnValue:
    """Give a candidate that does not come to the vote back to the reserve pool (储备库)."""
    return shown(call("proposal", "return_candidate_to_pool", str(candidate_id), body))
