"""Suggested projects (建议项目)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.chassis.paging import PageQuery
from services.proposal.schemas import answers, handovers
from services.proposal.schemas import projects as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint(
    "suggested-projects", __name__, description="建议项目 Distilled from suggestions"
)


@operation(
    blueprint,
    "POST",
    "/suggested-projects",
    body=schemas.DistilSuggestedProject,
    answer=schemas.SuggestedProject,
    status=201,
)
def distil_suggested_project(body: dict[str, Any]) -> ResponseReturnValue:
    """Distil a project from suggestions (凝练)."""
    answer = call("proposal", "distil_suggested_project", body)
    return created(answer, "/v1/suggested-projects/{id}")


@operation(
    blueprint,
    "GET",
    "/suggested-projects/<uuid:project_id>",
    answer=schemas.SuggestedProject,
)
def get_suggested_project(project_id: Any) -> ResponseReturnValue:
    """Show a suggested project."""
    return shown(call("proposal", "get_suggested_project", str(project_id)))


@operation(
    blueprint,
    "GET",
    "/suggested-projects",
    query=schemas.SuggestedProjectQuery,
    answer=schemas.SuggestedProject,
    many=True,
)
def list_suggested_projects(query: dict[str, Any]) -> ResponseReturnValue:
    """List the suggested projects."""
    return listed(call("proposal", "list_suggested_projects", query))


@operation(
    blueprint,
    "POST",
    "/suggested-projects/<uuid:project_id>/members",
    body=schemas.AddMembers,
    answer=schemas.SuggestedProject,
)
def add_members(body: dict[str, Any], project_id: Any) -> ResponseReturnValue:
    """Take more suggestions into a suggested project."""
    return shown(call("proposal", "add_members", str(project_id), body))


@operation(
    blueprint,
    "POST",
    "/suggested-projects/<uuid:project_id>/members/<uuid:suggestion_id>/removal",
    body=schemas.RemoveMember,
    answer=schemas.SuggestedProject,
)
def remove_member(body: dict[str, Any], project_id: Any, suggestion_id: Any) -> ResponseReturnValue:
    """Take a suggestion out of a suggested project; it stays as it was."""
    return shown(call("proposal", "remove_member", str(project_id), str(suggestion_id), body))


@operation(
    blueprint,
    "GET",
    "/suggested-projects/<uuid:project_id>/members",
    query=PageQuery,
    answer=schemas.Member,
    many=True,
)
def list_members(query: dict[str, Any], project_id: Any) -> ResponseReturnValue:
    """List the suggestions that are or were in it."""
    return listed(call("proposal", "list_members", str(project_id), query))


@operation(
    blueprint,
    "POST",
    "/suggested-projects/<uuid:project_id>/handover",
    body=handovers.HandOver,
    answer=schemas.SuggestedProject,
)
def hand_over_suggested_project(body: dict[str, Any], project_id: Any) -> ResponseReturnValue:
    """Hand it to a unit, which must answer (交办)."""
    return shown(call("proposal", "hand_over_suggested_project", str(project_id), body))


@operation(
    blueprint,
    "GET",
    "/suggested-projects/<uuid:project_id>/handovers",
    query=PageQuery,
    answer=handovers.Handover,
    many=True,
)
def list_handovers(query: dict[str, Any], project_id: Any) -> ResponseReturnValue:
    """List to whom it was handed."""
    return listed(call("proposal", "list_handovers", str(project_id), query))


@operation(
    blueprint,
    "POST",
    "/suggested-projects/<uuid:project_id>/answer",
    body=answers.AnswerTogether,
    answer=schemas.SuggestedProject,
)
def answer_together(body: dict[str, Any], project_id: Any) -> ResponseReturnValue:
    """Answer its suggestions, each with an answer of its own (答复)."""
    return shown(call("proposal", "answer_together", str(project_id), body))


@operation(
    blueprint,
    "POST",
    "/suggested-projects/<uuid:project_id>/extension",
    body=answers.ExtendDeadline,
    answer=schemas.SuggestedProject,
)
def extend_project_deadline(body: dict[str, Any], project_id: Any) -> ResponseReturnValue:
    """Give more time for its answer and its members', once (延期)."""
    return shown(call("proposal", "extend_project_deadline", str(project_id), body))
