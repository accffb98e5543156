"""Suggested projects."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.paging import containing, ordered
from services.chassis.work import get

from ..model.membership import Membership
from ..model.suggested_project import SuggestedProject
from ..tables.projects import memberships, suggested_projects
from .years import between, of_year_unordered

Query = sa.Select[Any]


def get_suggested_project(session: Session, id_: str) -> SuggestedProject:
    """One suggested project."""
    return get(session, SuggestedProject, id_)


def list_suggested_projects(params: dict[str, Any]) -> Query:
    """Suggested projects, by id without another order."""
    query = of_year_unordered(SuggestedProject, params)
    for name in ("aspect", "unit_id"):
        if name in params:
            query = query.where(suggested_projects.c[name] == params[name])
    query = between(query, params, suggested_projects.c.happened_on)
    of = suggested_projects.c
    query = containing(query, params.get("q", ""), of.title, of.text)
    return ordered(query, params, _SORTED, of.id, default="id")


_SORTED = {
    name: suggested_projects.c[name] for name in ("happened_on", "recorded_at", "title", "id")
}


def membership(session: Session, project_id: str, suggestion_id: str) -> Membership | None:
    """How a suggestion came into a suggested project in which it still is."""
    c = memberships.c
    query = sa.select(Membership).where(
        c.project_id == project_id, c.suggestion_id == suggestion_id, c.removed_on.is_(None)
    )
    return session.scalars(query).first()


def waiting_with(session: Session, suggestion_id: str) -> list[str]:
    """The projects with this suggestion that a unit has and has not answered.

    Locked, so that of two who take the last members out of one, the second sees what the first did.
    """
    of = suggested_projects.c
    query = (
        sa.select(of.id)
        .join_from(memberships, suggested_projects, memberships.c.project_id == of.id)
        .where(
            memberships.c.suggestion_id == suggestion_id,
            memberships.c.removed_on.is_(None),
            of.unit_id.is_not(None),
            of.answered_on.is_(None),
        )
    )
    return list(session.scalars(query.order_by(of.id).with_for_update(of=suggested_projects)))


def list_members(project_id: str) -> Any:
    """Every suggestion that is or was in a suggested project, in the order of joining."""

    def query(params: dict[str, Any]) -> Query:
        found = sa.select(Membership).where(memberships.c.project_id == project_id)
        return found.order_by(memberships.c.added_on, memberships.c.id)

    return query
