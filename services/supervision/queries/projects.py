"""Projects and groups."""

from __future__ import annotations

from ..model.group import Group
from ..model.project import Project
from ..tables import groups, projects
from .reading import Json, Query, listed


def list_projects(params: Json) -> Query:
    """Projects, perhaps of one year."""
    return listed(Project, projects.projects, params, "year")


def list_groups(params: Json) -> Query:
    """Groups, perhaps of one project."""
    return listed(Group, groups.groups, params, "project_id")
