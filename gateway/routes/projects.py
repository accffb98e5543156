"""Livelihood projects (民生实事项目) and their progress."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.supervision.schemas import projects as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint(
    "projects", __name__, description="民生实事项目 Chosen by the vote, followed to completion"
)


@operation(
    blueprint,
    "GET",
    "/projects",
    query=schemas.YearQuery,
    answer=schemas.Project,
    many=True,
)
def list_projects(query: dict[str, Any]) -> ResponseReturnValue:
    """List the projects, with where they stand."""
    return listed(call("supervision", "list_projects", query))


@operation(blueprint, "GET", "/projects/<uuid:project_id>", answer=schemas.Project)
def get_project(project_id: Any) -> ResponseReturnValue:
    """Show a project, its sub-items and its progress."""
    return shown(call("supervision", "get_project", str(project_id)))


@operation(
    blueprint,
    "POST",
    "/projects/<uuid:project_id>/progress",
    body=schemas.ReportProgress,
    answer=schemas.Project,
    status=201,
)
def report_progress(body: dict[str, Any], project_id: Any) -> ResponseReturnValue:
    """Report a sub-item's progress for a month (月度进展), or correct it."""
    return created(call("supervision", "report_progress", str(project_id), body))


@operation(
    blueprint,
    "GET",
    "/projects/<uuid:project_id>/progress-entries",
    query=schemas.ProgressQuery,
    answer=schemas.ListedProgress,
    many=True,
)
def list_progress_entries(query: dict[str, Any], project_id: Any) -> ResponseReturnValue:
    """List the entries of progress in the order of recording, with those that were replaced."""
    return listed(call("supervision", "list_progress_entries", str(project_id), query))
