"""Payments of projects, and how their money stands on a day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.work import get

from ..model.fund import FundEntry
from ..model.fund_summary import CANDIDATE, PLAN, Budget, FundSummary, Reached, ReportedPaid
from ..model.plan import Plan
from ..model.project import Project
from ..model.state import ProjectState
from ..tables.funds import fund_entries
from ..tables.projects import progress, projects
from .plans import plans_in_force
from .reading import Json, Query, by_day
from .states import states_on


def list_fund_entries(params: Json) -> Query:
    """Payments by day; of one project, kind, unit or source."""
    return by_day(FundEntry, fund_entries, params, "project_id", "kind", "unit_id", "source")


def entries_of(
    session: Session, project_ids: Collection[str], kind: str | None = None
) -> list[FundEntry]:
    """All entries of some projects, corrected ones too."""
    query = sa.select(FundEntry).where(fund_entries.c.project_id.in_(project_ids))
    if kind is not None:
        query = query.where(fund_entries.c.kind == kind)
    return list(session.scalars(query.order_by(fund_entries.c.happened_on, fund_entries.c.id)))


def funds_of(session: Session, project_id: str, on: dt.date) -> FundSummary:
    """How the money of a project stands on a day; NotFound without the project."""
    get(session, Project, project_id)
    return funds_on(session, [project_id], on)[project_id]


def funds_on(session: Session, project_ids: Collection[str], on: dt.date) -> dict[str, FundSummary]:
    """How the money of each of these projects stands on a day."""
    plans, entries = plans_in_force(session, project_ids, on), _by_project(session, project_ids)
    states = states_on(session, project_ids, on)
    reported = _reported_paid(session, project_ids, on)
    found = session.scalars(sa.select(Project).where(projects.c.id.in_(project_ids)))
    return {
        project.id: FundSummary.of(
            project.id,
            entries[project.id],
            _budget(project, plans.get(project.id)),
            _reached(project, states[project.id]),
            on,
            reported[project.id],
        )
        for project in found
    }


def _reported_paid(
    session: Session, project_ids: Collection[str], on: dt.date
) -> dict[str, list[ReportedPaid]]:
    """What the entries of progress that stood on the day say was paid, the latest month's each."""
    c = progress.c
    about = (c.sub_item_id, c.task_code)
    stood = (
        sa.select(
            *(c.project_id, *about, c.unit_id, c.month, c.funds_paid_yuan, c.happened_on),
            sa.func.row_number()
            .over(partition_by=(*about, c.month), order_by=c.sequence.desc())
            .label("place"),
        )
        .where(c.project_id.in_(project_ids), c.happened_on <= on)
        .subquery()
    ).c
    query = sa.select(*list(stood)[:-1]).where(stood.place == 1, stood.funds_paid_yuan.is_not(None))
    found: dict[str, dict[tuple[str, str], ReportedPaid]] = defaultdict(dict)
    for project_id, *told in session.execute(query.order_by(stood.month)):
        one = ReportedPaid(*told)
        found[project_id][one.sub_item_id, one.task_code or ""] = one
    return defaultdict(list, {id_: [of[key] for key in sorted(of)] for id_, of in found.items()})


def executions_on(
    session: Session, project_ids: Collection[str], on: dt.date
) -> dict[str, FundSummary]:
    """The same without what was reached: budget, released, spent and their rates, no unit cost."""
    plans, entries = plans_in_force(session, project_ids, on), _by_project(session, project_ids)
    query = sa.select(projects.c.id, projects.c.budget_yuan).where(projects.c.id.in_(project_ids))
    return {
        row.id: FundSummary.of(row.id, entries[row.id], _budget(row, plans.get(row.id)), [], on)
        for row in session.execute(query)
    }


def _by_project(session: Session, project_ids: Collection[str]) -> dict[str, list[FundEntry]]:
    found: dict[str, list[FundEntry]] = defaultdict(list)
    for entry in entries_of(session, project_ids):
        found[entry.project_id].append(entry)
    return found


def _budget(project: Any, plan: Plan | None) -> Budget:
    if plan and (plan.funds.total_yuan is not None or plan.funds.years):
        years = {one.year: one.yuan for one in plan.funds.years}
        return Budget(plan.funds.total_yuan, years, PLAN, plan.number)
    if project.budget_yuan is not None:
        return Budget(project.budget_yuan, {}, CANDIDATE)
    return Budget()


def _reached(project: Project, state: ProjectState) -> list[Reached]:
    """Each sub-item with its target by the plan and the quantity that it had reached."""
    measured = {item.id: item.unit_of_measure for item in project.sub_items}
    return [
        Reached(
            item.sub_item_id,
            measured[item.sub_item_id],
            item.target,
            None if item.target is None else item.actual,
        )
        for item in state.items
    ]
