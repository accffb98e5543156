"""Changes of projects."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.commons.errors import Conflict

from ..model.change import PROPOSED, Change
from ..tables.changes import changes
from .reading import Json, Query, filtered


def none_pending(session: Session, project_id: str) -> None:
    """Conflict while a major change of the project waits for its decision."""
    c = changes.c
    query = sa.select(c.id).where(c.project_id == project_id, c.state == PROPOSED)
    if session.execute(query).first() is not None:
        raise Conflict(
            "change-pending",
            "a major change of this project waits for its decision; the plan stays until then",
            "该项目有一项重大调整待决定,在此之前计划不变",
        )


def list_changes(params: Json) -> Query:
    """Changes by day, perhaps of one project, kind or state."""
    c = changes.c
    query = sa.select(Change).order_by(c.happened_on, c.id)
    return filtered(query, changes, params, ("project_id", "kind", "state"))


def list_project_changes(project_id: str) -> Callable[[Json], Query]:
    """Those of one project."""
    return lambda params: list_changes(params | {"project_id": project_id})
