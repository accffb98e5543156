"""Projects."""

from __future__ import annotations

from ..model.project import Project
from ..tables import projects
from .reading import Json, Query, listed


def list_projects(params: Json) -> Query:
    """Projects, perhaps of one year."""
    return listed(Project, projects.projects, params, "year")
