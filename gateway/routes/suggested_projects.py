"""Suggested projects (建议项目)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

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
