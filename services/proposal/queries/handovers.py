"""Handovers of suggested projects."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.commons.handover import LEAD

from ..model.handover import Handover
from ..tables.answers import handovers
from ..tables.projects import memberships

Query = sa.Select[Any]


def list_handovers(project_id: str) -> Any:
    """To whom a suggested project was handed, in order."""

    def query(params: dict[str, Any]) -> Query:
        found = sa.select(Handover).where(handovers.c.project_id == project_id)
        return found.order_by(handovers.c.happened_on, handovers.c.id)

    return query


def still_open(session: Session, project_id: str) -> list[Handover]:
    """The units that handle a suggested project now."""
    c = handovers.c
    query = sa.select(Handover).where(c.project_id == project_id, c.ended_on.is_(None))
    return list(session.scalars(query.order_by(c.id)))


def handles(session: Session, unit_id: str, suggestion_id: str) -> bool:
    """Whether a unit handles a suggested project now, as lead or beside it, with a suggestion."""
    c, members = handovers.c, memberships.c
    query = (
        sa.select(c.id)
        .join_from(memberships, handovers, c.project_id == members.project_id)
        .where(
            members.suggestion_id == suggestion_id,
            members.removed_on.is_(None),
            c.unit_id == unit_id,
            c.ended_on.is_(None),
        )
    )
    return session.execute(query.limit(1)).first() is not None


def returned_by(session: Session, project_id: str) -> set[str]:
    """The units that led it and gave it back."""
    c = handovers.c
    query = sa.select(c.unit_id).where(
        c.project_id == project_id, c.role == LEAD, c.returned_on.is_not(None)
    )
    return set(session.scalars(query))
