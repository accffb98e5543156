"""Milestones, standards and acceptances."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ..model.acceptance import Acceptance, Standard
from ..model.archived_project import ArchivedProject
from ..model.milestone import Milestone
from ..tables.acceptances import acceptances, milestones, standards
from .reading import Json, Query, filtered


def milestones_of(session: Session, project_id: str) -> list[Milestone]:
    """All milestones that the project's plan ever had, by day."""
    c = milestones.c
    query = sa.select(Milestone).where(c.project_id == project_id)
    return list(session.scalars(query.order_by(c.due_on, c.id)))


def standards_of(session: Session, project_id: str, sub_item_id: str) -> list[str]:
    """The codes of the standards that a sub-item is accepted by."""
    c = standards.c
    mine = sa.or_(c.sub_item_id.is_(None), c.sub_item_id == sub_item_id)
    return list(session.scalars(sa.select(c.code).where(c.project_id == project_id, mine)))


def acceptances_of(session: Session, sub_item_id: str) -> list[Acceptance]:
    """The acceptances of a sub-item so far."""
    query = sa.select(Acceptance).where(acceptances.c.sub_item_id == sub_item_id)
    return list(session.scalars(query.order_by(acceptances.c.sequence)))


def accepted_days(session: Session, project_ids: Collection[str]) -> dict[str, dt.date]:
    """The day on which each accepted sub-item of some projects was accepted, by its id.

    By the acceptances that were held here, or by the document that a former project came from.
    """
    entity: Any = ArchivedProject
    entered: list[ArchivedProject] = list(
        session.scalars(sa.select(entity).where(entity.id.in_(project_ids)))
    )
    c = acceptances.c
    query = sa.select(c.sub_item_id, c.happened_on)
    rows = session.execute(query.where(c.project_id.in_(project_ids), c.passed))
    return {id_: day for one in entered for id_, day in one.accepted_days.items()} | {
        row.sub_item_id: row.happened_on for row in rows
    }


def list_milestones(project_id: str) -> Callable[[Json], Query]:
    """The milestones of one project by day; with ``late`` those late today, or reached in time."""
    c = milestones.c

    def asked(params: Json) -> Query:
        query = sa.select(Milestone).where(c.project_id == project_id).order_by(c.due_on, c.id)
        if "late" not in params:
            return query
        today: dt.date = params["today"]
        reached = sa.func.coalesce(c.reached_on, c.dropped_on, today)
        return query.where(reached > c.due_on if params["late"] else reached <= c.due_on)

    return asked


def list_standards(project_id: str) -> Callable[[Json], Query]:
    """The standards of one project by their code."""
    c = standards.c
    query = sa.select(Standard).where(c.project_id == project_id).order_by(c.code, c.id)
    return lambda params: query


def list_acceptances(project_id: str) -> Callable[[Json], Query]:
    """The acceptances of one project by day."""
    c: Any = acceptances.c

    def asked(params: Json) -> Query:
        query = sa.select(Acceptance).where(c.project_id == project_id)
        query = query.order_by(c.happened_on, c.id)
        return filtered(query, acceptances, params, ("sub_item_id", "passed"))

    return asked
