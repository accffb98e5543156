"""The archive of all years (实事档案馆), and the dossier of a project."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.supervision.schemas import archive as schemas
from services.supervision.schemas.projects import Project

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint("archive", __name__, description="实事档案馆 Projects of all years")


@operation(
    blueprint,
    "POST",
    "/archived-projects",
    body=schemas.ArchiveProject,
    answer=Project,
    status=201,
)
def archive_project(body: dict[str, Any]) -> ResponseReturnValue:
    """Enter a project of a former year that this system did not run; needs the role recorder."""
    return created(call("supervision", "archive_project", body), "/v1/projects/{id}")


@operation(blueprint, "GET", "/archive", answer=schemas.Archive)
def get_project_archive() -> ResponseReturnValue:
    """List the years with their counts."""
    return shown(call("supervision", "get_project_archive"))


@operation(blueprint, "GET", "/archive/<int(min=1949, max=2200):year>", answer=schemas.ArchivedYear)
def get_archived_year(year: int) -> ResponseReturnValue:
    """Show a year's projects with outcome, scores and look-backs."""
    return shown(call("supervision", "get_archived_year", year))


@operation(blueprint, "GET", "/projects/<uuid:project_id>/dossier", answer=schemas.Dossier)
def get_dossier(project_id: Any) -> ResponseReturnValue:
    """Show everything about a project, register by register, with the last records of each."""
    return shown(call("supervision", "get_dossier", str(project_id)))


@operation(
    blueprint,
    "GET",
    "/projects/<uuid:project_id>/dossier/<string(maxlength=40):register>",
    query=schemas.DossierQuery,
    answer=schemas.DossierEntry,
    many=True,
)
def list_dossier_register(
    query: dict[str, Any], project_id: Any, register: str
) -> ResponseReturnValue:
    """List the records of one register about a project."""
    return listed(call("supervision", "list_dossier_register", str(project_id), register, query))
