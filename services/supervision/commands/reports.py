"""The definition of a year's report, and the texts written for it."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork

from ..model.project import Project
from ..model.report.definition import Report, ReportText
from ..queries import existing
from . import references

Json = dict[str, Any]


def write_report_text(command: Json, uow: UnitOfWork) -> ReportText:
    """Record a passage for the report."""
    uow.happened(command["happened_on"])
    references.own(uow, Project, command["project_id"], "/project_id")
    return uow.add(ReportText.write(**command, recorded_at=uow.now))


def define_report(command: Json, uow: UnitOfWork) -> Report:
    """Define a year's report; for a year that has one, define it anew."""
    uow.happened(command["happened_on"])
    report = existing.report_on(uow.session, command["year"])
    if report is None:
        return uow.add(Report.define(**command, recorded_at=uow.now))
    report.redefine(
        title=command["title"],
        completed_by=command["completed_by"],
        happened_on=command["happened_on"],
        recorded_at=uow.now,
    )
    return report
