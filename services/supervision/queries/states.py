"""Where projects stand on a day, read in bulk."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.work import get

from ..model.change import Change, Standing, standing
from ..model.deadline import PROGRESS
from ..model.light import Light
from ..model.monthly import completion
from ..model.plan import Plan
from ..model.project import Project
from ..model.state import ItemState, ProjectState
from ..tables.acceptances import milestones
from ..tables.changes import changes
from ..tables.projects import progress, projects, sub_items
from ..tables.rules import deadlines
from .acceptances import accepted_days
from .lights import lights_of
from .plans import plans_in_force

Row = Any


def states_on(
    session: Session, project_ids: Collection[str], on: dt.date
) -> dict[str, ProjectState]:
    """The state of each project on a day, with its light: only what was dated by then counts."""
    states = _States(session, project_ids, on)
    bare = {id_: states.of(id_) for id_ in states.projects}
    lights = lights_of(session, bare, on)
    return {id_: replace(state, light=lights[id_]) for id_, state in bare.items()}


def lights_on(session: Session, project_ids: Collection[str], on: dt.date) -> dict[str, Light]:
    """The light of each project on a day."""
    found = states_on(session, project_ids, on)
    return {id_: state.light for id_, state in found.items() if state.light}


def state_on(session: Session, project_id: str, on: dt.date) -> ProjectState:
    """The state of one project on a day; NotFound without it."""
    get(session, Project, project_id)
    return states_on(session, [project_id], on)[project_id]


def light_on(session: Session, project_id: str, on: dt.date) -> Light | None:
    """The light of one project on a day; NotFound without it."""
    return state_on(session, project_id, on).light


def standing_on(session: Session, project_id: str, on: dt.date) -> Standing:
    """Whether a project is deferred or ended on a day."""
    c = changes.c
    query = sa.select(Change).where(c.project_id == project_id, c.effective_on <= on)
    return standing(session.scalars(query), on)


@dataclass(frozen=True)
class _Entry:
    """A standing entry of progress."""

    sub_item_id: str
    month: str
    quantity: float | None
    share: float | None
    happened_on: dt.date
    sequence: int

    @property
    def value(self) -> float:
        return (self.share if self.quantity is None else self.quantity) or 0.0


class _States:
    """The reads for some projects and a day."""

    def __init__(self, session: Session, ids: Collection[str], on: dt.date) -> None:
        self.session, self.ids, self.on = session, list(ids), on
        p = projects.c
        rows = session.execute(sa.select(p.id, p.due_on).where(p.id.in_(self.ids)))
        self.projects: dict[str, Row] = {row.id: row for row in rows}
        self.plans = plans_in_force(session, self.ids, on)
        self.items = self._grouped(sub_items, sub_items.c.position)
        self.entries = self._entries()
        self.accepted = self._accepted()
        self.changes = self._changes()
        self.late_reports = self._counted(
            progress, progress.c.late, progress.c.happened_on <= on, progress.c.task_code.is_(None)
        )
        d, m = deadlines.c, milestones.c
        self.overdue = self._counted(
            deadlines, d.kind == PROGRESS, d.due_on < on, _open(d.ended_on, on)
        )
        self.milestones_late = self._counted(
            milestones,
            m.due_on < on,
            m.happened_on <= on,
            _open(m.reached_on, on),
            _open(m.dropped_on, on),
        )

    def of(self, id_: str) -> ProjectState:
        """One project's state, without its light."""
        plan, stands = self.plans.get(id_), standing(self.changes[id_], self.on)
        due_on = plan.says.due_on if plan and plan.says.due_on else self.projects[id_].due_on
        return ProjectState(
            project_id=id_,
            on=self.on,
            due_on=due_on,
            items=[self._item(item, plan) for item in self.items[id_]],
            overdue_reports=self.overdue.get(id_, 0),
            late_reports=self.late_reports.get(id_, 0),
            milestones_late=self.milestones_late.get(id_, 0),
            deferred=stands.deferred,
            deferred_until=stands.deferred_until,
            ended_on=stands.ended_on,
        )

    def _item(self, item: Row, plan: Plan | None) -> ItemState:
        target = plan.says.target(item.id) if plan else item.target
        entries = self.entries[item.id]
        finish = completion(target, entries)
        last = max(entries, key=lambda e: e.month, default=None)
        return ItemState(
            sub_item_id=item.id,
            target=target,
            actual=last.value if last else 0.0,
            planned=plan.planned(item.id, self.on) if plan else None,
            finished_on=finish.happened_on if finish else None,
            accepted_on=self.accepted.get(item.id),
        )

    def _grouped(self, table: sa.Table, *order: Any) -> dict[str, list[Row]]:
        query = sa.select(table).where(table.c.project_id.in_(self.ids)).order_by(*order)
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.session.execute(query):
            found[row.project_id].append(row)
        return found

    def _entries(self) -> dict[str, list[_Entry]]:
        """The entries of the projects themselves that stood on the day, by sub-item."""
        c = progress.c
        columns = (c.sub_item_id, c.month, c.quantity, c.share, c.happened_on, c.sequence)
        latest = sa.func.row_number().over(
            partition_by=(c.sub_item_id, c.month), order_by=c.sequence.desc()
        )
        rows = (
            sa.select(*columns, latest.label("place"))
            .where(c.project_id.in_(self.ids), c.task_code.is_(None), c.happened_on <= self.on)
            .subquery()
        )
        found: dict[str, list[_Entry]] = defaultdict(list)
        names = [column.name for column in columns]
        query = sa.select(*(rows.c[name] for name in names)).where(rows.c.place == 1)
        for row in self.session.execute(query):
            found[row.sub_item_id].append(_Entry(*row))
        return found

    def _accepted(self) -> dict[str, dt.date]:
        found = accepted_days(self.session, self.ids)
        return {id_: day for id_, day in found.items() if day <= self.on}

    def _changes(self) -> dict[str, list[Change]]:
        c = changes.c
        query = sa.select(Change).where(c.project_id.in_(self.ids), c.effective_on <= self.on)
        found: dict[str, list[Change]] = defaultdict(list)
        for change in self.session.scalars(query):
            found[change.project_id].append(change)
        return found

    def _counted(self, table: sa.Table, *where: sa.ColumnElement[bool]) -> dict[str, int]:
        c = table.c
        query = sa.select(c.project_id, sa.func.count()).where(c.project_id.in_(self.ids), *where)
        rows: Iterable[Any] = self.session.execute(query.group_by(c.project_id))
        return {row[0]: row[1] for row in rows}


def _open(day: sa.Column[Any], on: dt.date) -> sa.ColumnElement[bool]:
    """Whether something had not happened by a day."""
    return sa.or_(day.is_(None), day > on)
