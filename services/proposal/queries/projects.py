"""Suggested projects."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.work import get

from ..model.suggested_project import SuggestedProject
from .years import of_year

Query = sa.Select[Any]


def get_suggested_project(session: Session, id_: str) -> SuggestedProject:
    """One suggested project."""
    return get(session, SuggestedProject, id_)


def list_suggested_projects(params: dict[str, Any]) -> Query:
    """Suggested projects by id."""
    return of_year(SuggestedProject, params)
