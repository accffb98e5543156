"""What was observed of a project or a unit up to a day, read for its measures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ..model import observed as seen
from ..model.exact import exact
from ..model.fund_summary import FundSummary
from ..model.matter import OPINION, PROBLEM
from ..model.plan import Plan
from ..model.plan_content import DISTRICT, month_end
from ..model.project import Project
from ..model.state import ItemState, ProjectState
from ..tables import look_backs, projects, rules
from .funds import funds_on
from .matter_rates import cases_on
from .plans import plans_in_force
from .states import lights_on, states_on


def of_project(session: Session, project: Project, on: dt.date) -> seen.Observed:
    """What was observed of a project."""
    funds = funds_on(session, [project.id], on)
    deadlines, of = rules.deadlines.c, project.id
    return seen.Observed(
        on=on,
        items=_items(states_on(session, [of], on), [of]),
        lights=_lights(session, [project], on),
        reports=_reports(session, on, projects.progress.c.project_id == of),
        obligations=_obligations(session, on, deadlines.project_id == of),
        opinions=_opinions(session, on, {"project_id": of}),
        problems=_problems(session, on, {"project_id": of}),
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
    deadlines, told = rules.deadlines.c, projects.progress.c
    own = sa.and_(deadlines.unit_id == unit_id, deadlines.project_id.in_(ids))
    in_hand = {"unit_id": unit_id, "year": year}
    return seen.Observed(
        on=on,
        items=_items(states_on(session, ids, on), [project.id for project in mine]),
        lights=_lights(session, mine, on),
        reports=_reports(session, on, sa.and_(told.unit_id == unit_id, told.project_id.in_(ids))),
        obligations=_obligations(session, on, own),
        opinions=_opinions(session, on, in_hand),
        problems=_problems(session, on, in_hand),
        monies=_monies({project.id: funds[project.id] for project in mine}),
        own_monies=_own_monies(funds, unit_id),
        look_backs=_look_backs(session, on, _formerly_led(unit_id, year)),
    )


def _answers_for(unit_id: str, project: Project, plans: dict[str, Plan]) -> bool:
    plan = plans.get(project.id)
    if plan is None:
        return project.lead_unit_id == unit_id
    return any(one.unit_id == unit_id and one.role != DISTRICT for one in plan.units)


def _items(states: Mapping[str, ProjectState], of: Collection[str]) -> tuple[seen.Item, ...]:
    return tuple(_item(id_, states[id_].due_on, item) for id_ in of for item in states[id_].items)


def _item(project_id: str, due_on: dt.date | None, item: ItemState) -> seen.Item:
    return seen.Item(
        id=item.sub_item_id,
        project_id=project_id,
        reached=_part(item.actual, item.target),
        planned=None if item.planned is None else _part(item.planned, item.target),
        completed_on=item.finished_on,
        accepted_on=item.accepted_on,
        due_on=due_on,
    )


def _part(number: float, target: float | None) -> Fraction:
    """The part of the target; where nothing is asked for, all of it is done."""
    if target is None:
        return exact(number)
    return exact(number) / exact(target) if target else Fraction(1)


def _lights(
    session: Session, of: Collection[Project], on: dt.date
) -> tuple[seen.LightOfMonth, ...]:
    """The colour of each project's light at the end of each month in which it ran."""
    found = []
    for day in sorted({day for project in of for day in _month_ends(project, on)}):
        ran = [project.id for project in of if day in _month_ends(project, on)]
        lights = lights_on(session, ran, day)
        found += [seen.LightOfMonth(id_, day, lights[id_].colour) for id_ in ran if id_ in lights]
    return tuple(found)


def _month_ends(project: Project, on: dt.date) -> list[dt.date]:
    """The ends of the months from the vote to the end of its year, or its day if that is later."""
    last = min(on, max(dt.date(project.year, 12, 31), project.due_on or project.adopted_on))
    day, found = month_end(f"{project.adopted_on:%Y-%m}"), []
    while day <= last:
        found.append(day)
        day = month_end(f"{day + dt.timedelta(days=1):%Y-%m}")
    return found


def _reports(session: Session, on: dt.date, where: Any) -> tuple[seen.Reported, ...]:
    """The first entries of their months, in time or late, where it was noted."""
    c = projects.progress.c
    query = sa.select(c.id, c.late).where(where, c.late.is_not(None), c.happened_on <= on)
    return tuple(seen.Reported(*row) for row in session.execute(query.order_by(c.id)))


def _obligations(session: Session, on: dt.date, where: Any) -> tuple[seen.Obligation, ...]:
    """What was to be done by a day; what fell away by ``on`` is neither kept nor missed."""
    c = rules.deadlines.c
    query = sa.select(c.id, c.kind, c.code, c.due_on, c.ended_on).where(where, c.starts_on <= on)
    query = query.where(sa.or_(c.fell_away.is_not(True), c.ended_on > on))
    return tuple(seen.Obligation(*row) for row in session.execute(query.order_by(c.id)))


def _opinions(session: Session, on: dt.date, which: dict[str, Any]) -> tuple[seen.Opinion, ...]:
    found = sorted(cases_on(session, OPINION, which, on), key=lambda one: one.id)
    return tuple(seen.Opinion(o.id, o.replied, o.solved, o.judgement) for o in found)


def _problems(session: Session, on: dt.date, which: dict[str, Any]) -> tuple[seen.Problem, ...]:
    found = sorted(cases_on(session, PROBLEM, which, on), key=lambda one: one.id)
    return tuple(seen.Problem(one.id, one.solved) for one in found)


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
