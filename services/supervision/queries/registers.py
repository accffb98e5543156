"""The records of the registers that grew beside the first ones, read in bulk."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ..model.matter import OPINION, PROBLEM
from ..model.message import ANSWER, APPROVE
from ..model.report import registers as r
from ..tables import (
    acceptances,
    calendar,
    changes,
    funds,
    look_backs,
    matters,
    messages,
    organisation,
    plans,
    projects,
    rectifications,
    resources,
    rules,
)
from .matter_rates import cases_on
from .states import lights_on


def read(session: Session, year: int, as_of: dt.date) -> r.Registers:
    """All that may matter for a year; what counts of it is the figures' business."""
    rows = _Rows(session, year)
    payments = ("project_id", "kind", "amount_yuan", "corrects")
    ended = ("project_id", "state", "due_on", "ended_on")
    asked = ("project_id", "state", None, "closed_on")
    return r.Registers(
        plans=rows.of(r.Ended, plans.plans, ("project_id", "reason", None, None)),
        payments=rows.of(r.Payment, funds.fund_entries, payments),
        owed=rows.of(r.Owed, resources.resources, ("project_id", "quantity", "withdrawn_on")),
        deliveries=rows.deliveries(),
        decisions=rows.of(r.Ended, organisation.decisions, ended),
        questions=rows.of(r.Ended, organisation.questions, asked),
        look_backs=rows.look_backs(),
        deadlines=rows.deadlines(),
        escalations=rows.escalations(),
        messages=rows.messages(),
        opinions=cases_on(session, OPINION, {"year": year}, as_of),
        problems=cases_on(session, PROBLEM, {"year": year}, as_of),
        acceptances=rows.of(
            r.Acceptance, acceptances.acceptances, ("sub_item_id", "sequence", "passed")
        ),
        changes=rows.changes(),
        lights=rows.lights(as_of),
        tasks=rows.of(r.Ended, calendar.task_items, ended),
        task_checks=rows.task_checks(),
        calendar=rows.calendar(),
        rectifications=rows.rectifications(),
        snaps=rows.of(r.Ended, matters.snaps, ("project_id", "state", None, "assigned_on")),
    )


class _Rows:
    """The reads of one year."""

    def __init__(self, session: Session, year: int) -> None:
        self.session = session
        self.year = year
        self.project_ids = sa.select(projects.projects.c.id).where(projects.projects.c.year == year)

    def of(self, cls: Any, table: sa.Table, names: tuple[str | None, ...]) -> list[Any]:
        """Records of the year's projects; None for a field that the table has not."""
        columns = [sa.null() if name is None else table.c[name] for name in names]
        query = sa.select(table.c.id, *columns, table.c.happened_on)
        found = self.session.execute(query.where(table.c.project_id.in_(self.project_ids)))
        return [cls(*row) for row in found]

    def messages(self) -> list[r.Message]:
        """Each with the days on which it first went to a unit and was first answered.

        By its steps: the message itself has the last of those days, which whoever asks for a better
        answer moves.
        """
        t, a = messages.messages.c, messages.message_acts.c

        def first(act: str) -> Any:
            return sa.func.min(sa.case((a.act == act, a.happened_on)))

        query = (
            sa.select(t.id, t.project_id, first(APPROVE), first(ANSWER), t.happened_on)
            .outerjoin(messages.message_acts, a.message_id == t.id)
            .where(t.project_id.in_(self.project_ids))
            .group_by(t.id, t.project_id, t.happened_on)
        )
        return [r.Message(*row) for row in self.session.execute(query)]

    def deliveries(self) -> list[r.Delivered]:
        t, owed = resources.deliveries.c, resources.resources.c
        mine = sa.select(owed.id).where(owed.project_id.in_(self.project_ids))
        query = sa.select(t.id, t.resource_id, t.quantity, t.corrects, t.happened_on)
        return [
            r.Delivered(*row) for row in self.session.execute(query.where(t.resource_id.in_(mine)))
        ]

    def changes(self) -> list[r.Change]:
        t = changes.changes.c
        query = sa.select(t.id, t.project_id, t.kind, t.majors, t.effective_on, t.happened_on)
        found = self.session.execute(query.where(t.project_id.in_(self.project_ids)))
        return [
            r.Change(id_, project, kind, bool(majors), effective, day)
            for id_, project, kind, majors, effective, day in found
        ]

    def lights(self, as_of: dt.date) -> dict[str, tuple[str, str]]:
        ids = list(self.session.scalars(self.project_ids))
        found = lights_on(self.session, ids, as_of)
        return {id_: (light.code, light.name) for id_, light in found.items()}

    def task_checks(self) -> list[r.TaskCheck]:
        t, items = calendar.task_checks.c, calendar.task_items.c
        mine = sa.select(items.id).where(items.project_id.in_(self.project_ids))
        query = sa.select(t.id, t.task_item_id, t.happened_on).where(t.task_item_id.in_(mine))
        return [r.TaskCheck(*row) for row in self.session.execute(query)]

    def calendar(self) -> list[r.Ended]:
        t = calendar.calendar_entries.c
        query = sa.select(t.id, sa.null(), t.state, t.due_on, t.ended_on, t.happened_on)
        return [r.Ended(*row) for row in self.session.execute(query.where(t.year == self.year))]

    def rectifications(self) -> list[r.Ended]:
        t = rectifications.rectifications.c
        query = sa.select(t.id, t.project_id, t.state, sa.null(), t.confirmed_on, t.happened_on)
        return [r.Ended(*row) for row in self.session.execute(query.where(t.year == self.year))]

    def look_backs(self) -> list[r.LookBack]:
        t = look_backs.look_backs.c
        query = sa.select(t.id, t.project_year, t.effective, t.happened_on)
        return [
            r.LookBack(*row)
            for row in self.session.execute(query.where(t.project_year <= self.year))
        ]

    def deadlines(self) -> list[r.Ended]:
        t = rules.deadlines.c
        query = sa.select(t.id, t.project_id, t.code, t.due_on, t.ended_on, t.starts_on)
        found = self.session.execute(query.where(t.project_id.in_(self.project_ids)))
        return [r.Ended(*row) for row in found]

    def escalations(self) -> list[r.Ended]:
        t = matters.escalations.c
        query = sa.select(t.id, t.project_id, t.public, t.due_on, t.happened_on)
        found = self.session.execute(query.where(t.project_id.in_(self.project_ids)))
        return [
            r.Ended(id_, project, "public" if public else "inside", due, None, day)
            for id_, project, public, due, day in found
        ]
