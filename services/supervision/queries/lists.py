"""Single things and lists of them; a list is ordered by columns that together are unique."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.work import get
from services.commons.aggregate import Aggregate

from ..model.activity import Activity, Attendance, Visit
from ..model.group import Group
from ..model.indicator import Indicator
from ..model.meeting import LookBack, Meeting
from ..model.opinion import OnlineCheck, Opinion, Problem
from ..model.project import Project
from ..model.report.definition import Report, ReportText
from ..tables import own

E = TypeVar("E", bound=Aggregate)
Json = dict[str, Any]
Query = sa.Select[Any]


def one(cls: type[E]) -> Callable[[Session, str], E]:
    """A query for one entity of this class by its id; it raises NotFound."""
    return lambda session, id_: get(session, cls, id_)


def list_projects(params: Json) -> Query:
    """Projects, perhaps of one year."""
    return _listed(Project, own.projects, params, "year")


def list_groups(params: Json) -> Query:
    """Groups, perhaps of one project."""
    return _listed(Group, own.groups, params, "project_id")


def list_activities(params: Json) -> Query:
    """Activities, perhaps of one year and kind."""
    return _listed(Activity, own.activities, params, "year", "kind")


def list_visits(params: Json) -> Query:
    """Visits by day, perhaps of one project or activity."""
    return _by_day(Visit, own.visits, params, "project_id", "activity_id")


def list_attendances(visit_id: str) -> Callable[[Json], Query]:
    """Who took part in one visit."""
    table = own.attendances
    query = sa.select(Attendance).where(table.c.visit_id == visit_id).order_by(table.c.id)
    return lambda params: query


def list_problems(params: Json) -> Query:
    """Problems by day, perhaps of one project or visit."""
    return _by_day(Problem, own.problems, params, "project_id", "visit_id")


def list_opinions(params: Json) -> Query:
    """Opinions by day, perhaps of one project or channel, the open or the settled ones."""
    query = _by_day(Opinion, own.opinions, params, "project_id", "channel")
    if "open" in params:
        handled, replied = own.opinions.c.handled_on, own.opinions.c.replied_on
        if params["open"]:
            query = query.where(sa.or_(handled.is_(None), replied.is_(None)))
        else:
            query = query.where(handled.is_not(None), replied.is_not(None))
    return query


def list_online_checks(params: Json) -> Query:
    """Checks made online, perhaps of one project."""
    return _listed(OnlineCheck, own.online_checks, params, "project_id")


def list_indicators(params: Json) -> Query:
    """Indicators, perhaps of one year."""
    return _listed(Indicator, own.indicators, params, "year")


def list_meetings(params: Json) -> Query:
    """Meetings by day, perhaps of one kind."""
    return _by_day(Meeting, own.meetings, params, "kind")


def list_look_backs(params: Json) -> Query:
    """Look-backs by day, perhaps at projects of one year."""
    return _by_day(LookBack, own.look_backs, params, "project_year")


def list_report_texts(params: Json) -> Query:
    """Passages by day, perhaps of one year and section."""
    return _by_day(ReportText, own.report_texts, params, "year", "section")


def list_reports(params: Json) -> Query:
    """The definitions of the years' reports."""
    return sa.select(Report).order_by(own.reports.c.year)


def _listed(cls: type[Any], table: sa.Table, params: Json, *filters: str) -> Query:
    return _filtered(sa.select(cls).order_by(table.c.id), table, params, filters)


def _by_day(cls: type[Any], table: sa.Table, params: Json, *filters: str) -> Query:
    query = sa.select(cls).order_by(table.c.happened_on, table.c.id)
    return _filtered(query, table, params, filters)


def _filtered(query: Query, table: sa.Table, params: Json, filters: tuple[str, ...]) -> Query:
    for name in filters:
        if name in params:
            query = query.where(table.c[name] == params[name])
    return query
