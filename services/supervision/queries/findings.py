"""Findings and check-ins; who took part, in persons and person-times; online supervision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.work import get, not_found

from ..model.finding import CheckIn, Finding
from ..model.participant import DEPUTY, ROLES, VISIT
from ..tables import findings as tables
from ..tables.fieldwork import attendances, visits
from ..tables.opinions import online_checks
from ..tables.organisation import participants
from .reading import Json, Query, by_day


def list_findings(params: Json) -> Query:
    """Findings by day, perhaps of one visit or project."""
    return by_day(Finding, tables.findings, params, "visit_id", "project_id")


def check_in_for(session: Session, id_: str, own: str | None) -> CheckIn:
    """A check-in; NotFound for a deputy (``own``) whose it is not."""
    found = get(session, CheckIn, id_)
    if own is not None and found.deputy_id != own:
        raise not_found(CheckIn)
    return found


def list_check_ins(own: str | None) -> Callable[[Json], Query]:
    """Check-ins by day; a deputy (``own``) sees hers."""

    def query(params: Json) -> Query:
        found = by_day(CheckIn, tables.check_ins, params, "deputy_id", "project_id", "visit_id")
        return found if own is None else found.where(tables.check_ins.c.deputy_id == own)

    return query


def turnout(session: Session, params: Json) -> Json:
    """Who took part in visits: persons (人) and person-times (人次), in all and by role.

    Each entry is a person-time.  The same deputy, or the same office of a unit, is one person
    however often and in whatever role; who has only a label is told apart within one visit alone.
    """
    seen = [*_deputies(session, params), *_others(session, params)]
    roles = {role: [person for person, as_ in seen if as_ == role] for role in ROLES}
    return {
        "persons": len({person for person, _ in seen}),
        "person_times": len(seen),
        "roles": [
            {"role": role, "persons": len(set(of)), "person_times": len(of)}
            for role, of in roles.items()
            if of
        ],
    }


def _deputies(session: Session, params: Json) -> Iterable[tuple[Any, str]]:
    c = attendances.c
    query = sa.select(c.deputy_id, sa.func.coalesce(c.role, DEPUTY))
    query = query.join(visits, visits.c.id == c.visit_id)
    return [(person, role) for person, role in session.execute(_visited(query, params))]


def _others(session: Session, params: Json) -> Iterable[tuple[Any, str]]:
    c = participants.c
    query = sa.select(c.person, c.role, c.subject_id).where(c.subject_kind == VISIT)
    query = query.join(visits, visits.c.id == c.subject_id)
    for person, role, visit_id in session.execute(_visited(query, params)):
        yield (person, visit_id) if ROLES[role] == "label" else person, role


def _visited(query: sa.Select[Any], params: Json) -> sa.Select[Any]:
    c = visits.c
    if "year" in params:
        query = query.where(c.happened_on.between(*_year(params["year"])))
    for name in ("activity_id", "project_id"):
        if name in params:
            query = query.where(c[name] == params[name])
    return query


def participation(session: Session, params: Json) -> Json:
    """The online supervision of a year by month: distinct deputies, checks, projects."""
    c = online_checks.c
    month = sa.extract("month", c.happened_on)
    counted = [sa.func.count(column.distinct()) for column in (c.deputy_id, c.id, c.project_id)]
    query = sa.select(month, *counted).where(c.happened_on.between(*_year(params["year"])))
    rows: Any = session.execute(query.group_by(month).order_by(month))
    months = [
        {
            "month": f"{params['year']}-{int(number):02d}",
            "deputies": deputies,
            "checks": checks,
            "projects": projects,
        }
        for number, deputies, checks, projects in rows
    ]
    return {"year": params["year"], "months": months}


def _year(year: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, 1, 1), dt.date(year, 12, 31)
