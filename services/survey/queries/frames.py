"""Frames and drawings; lists of units for who redoes a drawing, contacts never."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.work import get

from ..model.drawing import DRAWN, RESERVE, Drawing, DrawnUnit
from ..model.frame import ContactReading, FrameUnit, SamplingFrame
from ..tables.audiences import audiences
from ..tables.frames import (
    drawings,
    drawn_units,
    frame_contact_readings,
    frame_contacts,
    frame_units,
    sampling_frames,
)


def get_frame(session: Session, id_: str) -> SamplingFrame:
    """One frame."""
    return get(session, SamplingFrame, id_)


def list_frames(params: dict[str, Any]) -> sa.Select[Any]:
    """Frames by the day of their announcement."""
    c = sampling_frames.c
    return sa.select(SamplingFrame).order_by(c.announced_on, c.id)


def list_units(params: dict[str, Any]) -> sa.Select[Any]:
    """The list of a frame, id and cell, in the order of the ids."""
    c = frame_units.c
    return sa.select(FrameUnit).where(c.frame_id == params["frame_id"]).order_by(c.unit)


def list_readings(params: dict[str, Any]) -> sa.Select[Any]:
    """Who read contacts of a frame, in order."""
    c = frame_contact_readings.c
    query = sa.select(ContactReading).where(c.frame_id == params["frame_id"])
    return query.order_by(c.read_at, c.id)


def cells(session: Session, frame_id: str) -> dict[str, str]:
    """Id → cell of the whole list."""
    c = frame_units.c
    rows = session.execute(sa.select(c.unit, c.cell).where(c.frame_id == frame_id))
    return {row.unit: row.cell for row in rows}


def sealed(session: Session, frame_id: str, units: list[str]) -> dict[str, bytes]:
    """The sealed contacts of some units; who has none is missing."""
    c = frame_contacts.c
    query = sa.select(c.unit, c.sealed).where(c.frame_id == frame_id, c.unit.in_(units))
    return {row.unit: row.sealed for row in session.execute(query)}


def some_sealed(session: Session, after: tuple[str, str] | None, limit: int) -> list[sa.Row[Any]]:
    """Some sealed contacts in the order of frame and unit, locked; those after a place."""
    c = frame_contacts.c
    query = sa.select(c.frame_id, c.unit, c.sealed).order_by(c.frame_id, c.unit).limit(limit)
    if after is not None:
        frame_id, unit = after
        query = query.where(
            sa.or_(c.frame_id > frame_id, sa.and_(c.frame_id == frame_id, c.unit > unit))
        )
    return list(session.execute(query.with_for_update()))


def get_drawing(session: Session, id_: str) -> dict[str, Any]:
    """One drawing; how many of its sample were replaced, and why."""
    drawing = get(session, Drawing, id_)
    c = drawn_units.c
    query = sa.select(c.reason, sa.func.count()).where(c.drawing_id == id_, c.reason.is_not(None))
    replaced = session.execute(query.group_by(c.reason).order_by(c.reason))
    return vars(drawing) | {"replaced": {row[0]: row[1] for row in replaced}}


def list_drawings(params: dict[str, Any]) -> sa.Select[Any]:
    """Drawings by the day of their announcement."""
    c = drawings.c
    query = sa.select(Drawing).order_by(c.announced_on, c.id)
    return query.where(c.frame_id == params["frame_id"]) if "frame_id" in params else query


def list_drawn_units(params: dict[str, Any]) -> sa.Select[Any]:
    """The sample and the reserve, cell by cell in the order of the drawing."""
    c = drawn_units.c
    query = sa.select(DrawnUnit).where(c.drawing_id == params["drawing_id"])
    return query.order_by(c.cell, c.rank, c.unit)


def drawn(session: Session, drawing_id: str) -> list[str]:
    """The units of a sample, cell by cell in their order."""
    c = drawn_units.c
    query = sa.select(c.unit).where(c.drawing_id == drawing_id, c.state == DRAWN)
    return list(session.scalars(query.order_by(c.cell, c.rank)))


def numbered(audience_id: str, drawing_id: str) -> sa.Select[Any]:
    """The same as an audience's invitations: its id, a number from 1, unit and cell."""
    c = drawn_units.c
    number = sa.func.row_number().over(order_by=(c.cell, c.rank))
    audience = sa.literal(audience_id, audiences.c.id.type)
    query = sa.select(audience, number, c.unit, c.cell)
    return query.where(c.drawing_id == drawing_id, c.state == DRAWN)


def next_spare(session: Session, drawing_id: str, cell: str) -> DrawnUnit | None:
    """Who is next in the reserve of a cell."""
    c = drawn_units.c
    query = sa.select(DrawnUnit).where(
        c.drawing_id == drawing_id, c.cell == cell, c.state == RESERVE
    )
    return session.scalars(query.order_by(c.rank).limit(1)).first()


def drawing_of(session: Session, audience_id: str) -> Drawing | None:
    """The sample of an audience, if it has one."""
    query = sa.select(Drawing).where(drawings.c.audience_id == audience_id)
    return session.scalars(query).one_or_none()


def populations(session: Session, questionnaire_id: str) -> dict[str, dict[str, int]]:
    """By audience, how many its sample's frame has in each cell; without those that have none."""
    query = sa.select(Drawing).join(audiences, audiences.c.id == drawings.c.audience_id)
    found = session.scalars(query.where(audiences.c.questionnaire_id == questionnaire_id))
    return {one.audience_id: one.population for one in found if one.audience_id}


def purgeable(session: Session, today: dt.date) -> list[str]:
    """Frames whose contacts have been kept long enough; see ``commands.frames.purge_due``."""
    c = sampling_frames.c
    kept = sa.select(SamplingFrame).where(
        c.has_contacts, c.loaded_on.is_not(None), c.purged_on.is_(None)
    )
    return [
        one.id
        for one in session.scalars(kept)
        if one.outlived(closings(session, one.id), today, planned=is_planned(session, one.id))
    ]


def closings(session: Session, frame_id: str) -> list[dt.date | None]:
    """When each opened audience of a frame's samples was closed; None: it is not."""
    return [one.closed_on for one in _served(session, frame_id) if one.opened_on is not None]


def is_planned(session: Session, frame_id: str) -> bool:
    """Whether an audience of its samples is still to be opened."""
    return any(one.opened_on is None for one in _served(session, frame_id))


def _served(session: Session, frame_id: str) -> list[sa.Row[Any]]:
    c = audiences.c
    query = sa.select(c.opened_on, c.closed_on).join(drawings, drawings.c.audience_id == c.id)
    return list(session.execute(query.where(drawings.c.frame_id == frame_id)))
