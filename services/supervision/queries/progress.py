"""Entries of progress with their corrections, and which months are owed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, undefer

from ..model.plan import Plan
from ..model.progress import Progress
from ..model.project import NO_BALLOT, Project
from ..tables.projects import expected_months, progress, projects
from .reading import Json, Query, filtered


def list_entries(project_id: str) -> Callable[[Json], Query]:
    """The entries of one project in the order of recording, those that were replaced too."""
    entry: Any = Progress

    def asked(params: Json) -> Query:
        query = sa.select(Progress).where(progress.c.project_id == project_id)
        query = query.options(undefer(entry.is_standing)).order_by(progress.c.sequence)
        query = filtered(query, progress, params, ("sub_item_id", "month", "task_code"))
        return query.where(entry.is_standing == params["standing"]) if _asks(params) else query

    return asked


def _asks(params: Json) -> bool:
    return "standing" in params


def project_ids(session: Session) -> list[str]:
    """The projects that were voted here, the newest year first; on former years' nobody reports."""
    c = projects.c
    query = sa.select(c.id).where(c.ballot_id != NO_BALLOT)
    return list(session.scalars(query.order_by(c.year.desc(), c.id)))


def months_to_expect(
    session: Session, project: Project, plan: Plan | None, today: dt.date
) -> list[str]:
    """The months, "YYYY-MM", that are over, in which the project ran, and were not looked at.

    It runs from the month of the vote to the end of its year, or of what its plan says later.
    """
    c = expected_months.c
    seen = set(session.scalars(sa.select(c.month).where(c.project_id == project.id)))
    ends = [dt.date(project.year, 12, 31), project.due_on, plan and plan.says.due_on]
    ends += [stage.ends_on for stage in plan.says.stages] if plan else []
    last = min(max(day for day in ends if day), today.replace(day=1) - dt.timedelta(days=1))
    found, day = [], project.adopted_on.replace(day=1)
    while day <= last:
        if f"{day:%Y-%m}" not in seen:
            found.append(f"{day:%Y-%m}")
        day = (day + dt.timedelta(days=31)).replace(day=1)
    return found


def note_expected(session: Session, project_id: str, month: str) -> None:
    """Note that a month was looked at; who comes second at the same moment starts again."""
    row = {"project_id": project_id, "month": month}
    session.execute(sa.insert(expected_months).values(row))
