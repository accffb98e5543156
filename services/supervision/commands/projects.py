"""Progress of projects."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork

from ..model.project import Project
from . import references
from .said import said

Json = dict[str, Any]


def report_progress(command: Json, uow: UnitOfWork) -> Project:
    """Add an entry of progress to a project."""
    project = uow.get(Project, command["id"])
    references.speaks_for_unit(uow, project.lead_unit_id)
    uow.happened(command["happened_on"])
    project.report_progress(**said(command), recorded_at=uow.now)
    uow.changed(project)
    return project
