"""What was observed of a project or a unit up to a day, read for its measures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from fractions import Fraction
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ..model import observed as seen
from ..model.exact import exact
from ..model.fund_summary import FundSummary
from ..model.monthly import completion, standing
from ..model.plan import Plan
from ..model.project import Project, SubItem
from ..tables import look_backs, opinions, projects, rules
from .funds import funds_on
from .plans import plans_in_force

#: The roles of a plan in which a unit answers for the whole project; a district does for its tasks.
_WHOLE = ("lead", "implementing")


def of_project(session: Session, project: Project, on: dt.date) -> seen.Observed:
    """What was observed of a project."""
    plans = plans_in_force(session, [project.id], on)
    funds = funds_on(session, [project.id], on)
    deadlines, of = rules.deadlines.c, project.id
    return seen.Observed(
        on=on,
        items=_items([project], plans, on),
        obligations=_obligations(session, on, deadlines.project_id == of),
        opinions=_opinions(session, on, opinions.opinions.c.project_id == of),
        problems=_problems(session, on, opinions.problems.c.project_id == of),
        monies=_monies(funds),
        look_backs=_look_backs(session, on, _at(project)),
    )


def of_unit(session: Session, unit_id: str, year: int, on: dt.date) -> seen.Observed:
    """What was observed of a unit in a year: its projects of that year, and what it had to do."""
    every = list(session.scalars(sa.select(Project).where(projects.projects.c.year == year)))
    ids = [project.id for project in every]
    plans = plans_in_force(session, ids, on)
    mine = [project for project in every if _answers_for(unit_id, project, plans)]
    funds = funds_on(session, ids, on)
    deadlines = rules.deadlines.c
    own = sa.and_(deadlines.unit_id == unit_id, deadlines.project_id.in_(ids))
    led = [project.id for project in every if _leads(unit_id, project, plans)]
    return seen.Observed(
        on=on,
        items=_items(mine, plans, on),
        obligations=_obligations(session, on, own),
        opinions=_opinions(session, on, _in_hand(opinions.opinions, unit_id, ids, led)),
        problems=_problems(session, on, _in_hand(opinions.problems, unit_id, ids, led)),
        monies=_monies({project.id: funds[project.id] for project in mine}),
        own_monies=_own_monies(funds, unit_id),
        look_backs=_look_backs(session, on, _formerly_led(unit_id, year)),
    )


def _in_hand(table: sa.Table, unit_id: str, ids: Collection[str], led: Collection[str]) -> Any:
    """The matters of some projects that the unit has in hand.

    Rows of the release before have no unit until the night: theirs is the lead unit.
    """
    c = table.c
    before = sa.and_(c.state.is_(None), c.unit_id.is_(None), c.project_id.in_(led))
    return sa.or_(sa.and_(c.unit_id == unit_id, c.project_id.in_(ids)), before)


def _leads(unit_id: str, project: Project, plans: dict[str, Plan]) -> bool:
    plan = plans.get(project.id)
    return unit_id == (plan.lead_unit_id if plan else project.lead_unit_id)


def _answers_for(unit_id: str, project: Project, plans: dict[str, Plan]) -> bool:
    plan = plans.get(project.id)
    if plan is None:
        return project.lead_unit_id == unit_id
    return any(one.unit_id == unit_id and one.role in _WHOLE for one in plan.units)


def _items(of: Collection[Project], plans: dict[str, Plan], on: dt.date) -> tuple[seen.Item, ...]:
    return tuple(
        _item(project, item, plans.get(project.id), on)
        for project in of
        for item in project.sub_items
    )


def _item(project: Project, item: SubItem, plan: Plan | None, on: dt.date) -> seen.Item:
    target = plan.says.target(item.id) if plan else item.target
    due_on = (plan.says.due_on if plan else None) or project.due_on
    told = [e for e in project.progress if e.sub_item_id == item.id and e.happened_on <= on]
    last = max(standing(told, lambda _: None), key=lambda e: e.month, default=None)
    complete = completion(target, told)
    actual = (last.share if target is None else last.quantity) if last else None
    planned = plan.planned(item.id, on) if plan else None
    return seen.Item(
        id=item.id,
        project_id=project.id,
        reached=_part(actual or 0, target),
        planned=None if planned is None else _part(planned, target),
        completed_on=complete.happened_on if complete else None,
        due_on=due_on,
    )


def _part(number: float, target: float | None) -> Fraction:
    """The part of the target; where nothing is asked for, all of it is done."""
    if target is None:
        return exact(number)
    return exact(number) / exact(target) if target else Fraction(1)


def _obligations(session: Session, on: dt.date, where: Any) -> tuple[seen.Obligation, ...]:
    c = rules.deadlines.c
    query = sa.select(c.id, c.kind, c.code, c.due_on, c.ended_on).where(where, c.starts_on <= on)
    return tuple(seen.Obligation(*row) for row in session.execute(query.order_by(c.id)))


def _opinions(session: Session, on: dt.date, where: Any) -> tuple[seen.Opinion, ...]:
    c = opinions.opinions.c
    # What was judged later was not judged by that day.
    judged = sa.case((c.judged_on <= on, c.judgement))
    query = sa.select(c.id, c.replied_on, c.confirmed_on, judged)
    query = query.where(where, c.happened_on <= on).order_by(c.id)
    return tuple(seen.Opinion(*row) for row in session.execute(query))


def _problems(session: Session, on: dt.date, where: Any) -> tuple[seen.Problem, ...]:
    c = opinions.problems.c
    query = sa.select(c.id, c.confirmed_on).where(where, c.happened_on <= on).order_by(c.id)
    return tuple(seen.Problem(*row) for row in session.execute(query))


def _monies(funds: dict[str, FundSummary]) -> tuple[seen.Money, ...]:
    return tuple(
        seen.Money(id_, one.budget.total_yuan, one.whole.released_yuan, one.whole.spent_yuan)
        for id_, one in sorted(funds.items())
    )


def _own_monies(funds: dict[str, FundSummary], unit_id: str) -> tuple[seen.Money, ...]:
    return tuple(
        seen.Money(id_, None, sums.released_yuan, sums.spent_yuan)
        for id_, one in sorted(funds.items())
        for sums in one.units
        if sums.key == unit_id
    )


def _look_backs(session: Session, on: dt.date, where: Any) -> tuple[seen.LookedBack, ...]:
    c = look_backs.look_backs.c
    query = sa.select(c.id, c.effective).where(where, c.happened_on <= on).order_by(c.id)
    return tuple(seen.LookedBack(*row) for row in session.execute(query))


def _at(project: Project) -> Any:
    """Look-backs at one project; those that name it by name and year alone, too."""
    back = look_backs.look_backs.c
    named = sa.and_(back.project_name == project.name, back.project_year == project.year)
    return sa.or_(back.project_id == project.id, sa.and_(back.project_id.is_(None), named))


def _formerly_led(unit_id: str, year: int) -> Any:
    """Look-backs of a year at projects of earlier years that the unit led."""
    back, led = look_backs.look_backs.c, projects.projects.c
    same = sa.and_(led.name == back.project_name, led.year == back.project_year)
    named = sa.exists().where(same, led.lead_unit_id == unit_id)
    mine = sa.or_(back.lead_unit_id == unit_id, sa.and_(back.project_id.is_(None), named))
    in_year = back.happened_on.between(dt.date(year, 1, 1), dt.date(year, 12, 31))
    return sa.and_(mine, in_year, back.project_year < year)
