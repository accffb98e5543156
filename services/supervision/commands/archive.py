"""Projects of former years, entered from their documents."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.errors import Conflict

from ..model.archived_project import archive
from ..model.project import Project
from ..queries import existing
from . import references

Json = dict[str, Any]


def archive_project(command: Json, uow: UnitOfWork) -> Project:
    """Enter a project of a former year that this system did not run."""
    uow.principal.require("recorder")
    uow.happened(command["happened_on"])
    references.units(uow, [command["lead_unit_id"]], "/lead_unit_id")
    year = command["year"]
    if existing.year_was_voted(uow.session, year):
        raise Conflict(
            "year-run-here",
            f"the projects of {year} came from a vote that is kept here",
            f"{year} 年的项目由本系统的票决产生,不能另行归档",
            [{"pointer": "/year", "detail": "has projects from a vote"}],
        )
    if existing.has_project_called(uow.session, year, command["name"]):
        raise Conflict(
            "archived-already",
            "a project of this name and year is kept already",
            "该年度已有同名项目",
            [{"pointer": "/name", "detail": "is kept already"}],
        )
    project, entered = archive(**command, recorded_at=uow.now)
    uow.add(project)
    uow.session.flush()
    uow.add(entered)
    return project
