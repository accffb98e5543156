"""Activities, visits, attendances and problems."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from ..model.activity import Activity, Attendance, Visit
from ..model.opinion import Problem
from ..tables import fieldwork, opinions
from .opinions import IN_LOOP
from .reading import Json, Query, by_day, listed


def list_activities(params: Json) -> Query:
    """Activities, perhaps of one year and kind."""
    return listed(Activity, fieldwork.activities, params, "year", "kind")


def list_visits(params: Json) -> Query:
    """Visits by day, perhaps of one project or activity."""
    return by_day(Visit, fieldwork.visits, params, "project_id", "activity_id")


def list_attendances(visit_id: str) -> Callable[[Json], Query]:
    """Who took part in one visit."""
    table = fieldwork.attendances
    query = sa.select(Attendance).where(table.c.visit_id == visit_id).order_by(table.c.id)
    return lambda params: query


def list_problems(params: Json) -> Query:
    """Problems by day, perhaps of one project, unit … or visit."""
    return by_day(Problem, opinions.problems, params, "visit_id", *IN_LOOP)
