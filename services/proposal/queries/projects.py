"""Suggested projects."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.paging import containing, ordered
from services.chassis.work import get

from ..model.suggested_project import SuggestedProject
from ..tables.projects import suggested_projects
from .years import between, of_year_unordered

Query = sa.Select[Any]


def get_suggested_project(session: Session, id_: str) -> SuggestedProject:
    """One suggested project."""
    return get(session, SuggestedProject, id_)


def list_suggested_projects(params: dict[str, Any]) -> Query:
    """Suggested projects, by id without another order."""
    query = of_year_unordered(SuggestedProject, params)
    if "aspect" in params:
        query = query.where(suggested_projects.c.aspect == params["aspect"])
    query = between(query, params, suggested_projects.c.happened_on)
    of = suggested_projects.c
    query = containing(query, params.get("q", ""), of.title, of.text)
    return ordered(query, params, _SORTED, of.id, default="id")


_SORTED = {
    name: suggested_projects.c[name] for name in ("happened_on", "recorded_at", "title", "id")
}
