"""Plans: which was in force on a day, and all versions of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.work import get, not_found

from ..model.plan import Plan
from ..model.project import Project
from ..tables.changes import changes
from ..tables.plans import plans
from .reading import Json, Query


def plans_in_force(session: Session, project_ids: Collection[str], on: dt.date) -> dict[str, Plan]:
    """The plan of each project on a day: the last version that was valid by then, if any."""
    c = plans.c
    last = (
        sa.select(c.project_id, sa.func.max(c.number).label("number"))
        .where(c.project_id.in_(project_ids), c.valid_from <= on)
        .group_by(c.project_id)
        .subquery()
    )
    same = sa.and_(c.project_id == last.c.project_id, c.number == last.c.number)
    query = sa.select(Plan).join(last, same)
    return {plan.project_id: plan for plan in session.scalars(query)}


def plan_in_force(session: Session, project_id: str, on: dt.date) -> Plan | None:
    """The plan of one project on a day; None before there is one."""
    return plans_in_force(session, [project_id], on).get(project_id)


def shown(session: Session, project_id: str, on: dt.date) -> Plan:
    """The same for a reader; NotFound without project or plan."""
    get(session, Project, project_id)
    found = plan_in_force(session, project_id, on)
    if found is None:
        raise not_found(Plan)
    return found


def latest(session: Session, project_id: str) -> Plan | None:
    """The latest version, whenever it is valid from; None without one."""
    query = sa.select(Plan).where(plans.c.project_id == project_id)
    return session.scalars(query.order_by(plans.c.number.desc()).limit(1)).one_or_none()


def last_decided(session: Session, project_id: str) -> Plan | None:
    """The version that the latest decided major change made; else the first; None without one."""
    c = plans.c
    decided = sa.select(changes.c.id).where(changes.c.decider.is_not(None))
    mine = sa.or_(c.number == 1, c.change_id.in_(decided))
    query = sa.select(Plan).where(c.project_id == project_id, mine)
    return session.scalars(query.order_by(c.number.desc()).limit(1)).one_or_none()


def last_number(session: Session, project_id: str) -> int:
    """The number of the latest version, whenever it is valid from; 0 without one."""
    query = sa.select(sa.func.max(plans.c.number)).where(plans.c.project_id == project_id)
    return session.execute(query).scalar_one() or 0


def list_plans(project_id: str) -> Callable[[Json], Query]:
    """The versions of one project's plan, the first first."""
    c = plans.c
    query = sa.select(Plan).where(c.project_id == project_id).order_by(c.number)
    return lambda params: query
