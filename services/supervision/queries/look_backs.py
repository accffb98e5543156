"""Look-backs: planned, under way, concluded, and what became of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ..model.look_back import LookBack
from ..model.planned_look_back import LookBackFinding, LookBackFollowUp, PlannedLookBack
from ..model.project import Project
from ..tables import look_backs, projects
from .reading import Json, Query, by_day

_planned = look_backs.planned_look_backs


def list_look_backs(params: Json) -> Query:
    """Look-backs by day, perhaps at one project or at projects of one year."""
    return by_day(LookBack, look_backs.look_backs, params, "project_year", "project_id")


def list_planned(params: Json) -> Query:
    """Planned look-backs by day, perhaps at one project or year, only the open or ended ones."""
    query = by_day(PlannedLookBack, _planned, params, "project_year", "project_id", "round")
    if "open" in params:
        ended = sa.or_(_planned.c.concluded_on.is_not(None), _planned.c.dropped_on.is_not(None))
        query = query.where(~ended if params["open"] else ended)
    return query


def list_findings(look_back_id: str) -> Callable[[Json], Query]:
    """What a concluded look-back found, in the order of recording."""
    table = look_backs.look_back_findings
    concluded = sa.select(look_backs.look_backs.c.id)
    query = sa.select(LookBackFinding).where(
        table.c.look_back_id == look_back_id, table.c.look_back_id.in_(concluded)
    )
    return lambda params: query.order_by(table.c.sequence)


def list_follow_ups(look_back_id: str) -> Callable[[Json], Query]:
    """What was done about it, by day."""
    table = look_backs.look_back_follow_ups
    query = sa.select(LookBackFollowUp).where(table.c.look_back_id == look_back_id)
    return lambda params: query.order_by(table.c.happened_on, table.c.id)


def unplanned(
    session: Session, rounds: Sequence[str], after: str, limit: int
) -> list[tuple[Project, list[str]]]:
    """Projects, by id after one, with the rounds of the rule that are not planned for them."""
    c = projects.projects.c
    planned = sa.select(sa.func.count()).where(
        _planned.c.project_id == c.id, _planned.c.round.in_(rounds)
    )
    query = sa.select(Project).where(planned.scalar_subquery() < len(rounds))
    if after:
        query = query.where(c.id > after)
    found = list(session.scalars(query.order_by(c.id).limit(limit)))
    rows = session.execute(
        sa.select(_planned.c.project_id, _planned.c.round).where(
            _planned.c.project_id.in_([project.id for project in found])
        )
    )
    has: dict[str, set[str]] = {}
    for project_id, code in rows:
        has.setdefault(project_id, set()).add(code)
    return [(one, [r for r in rounds if r not in has.get(one.id, set())]) for one in found]
