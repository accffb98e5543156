"""Frames: announced, loaded whole, their contacts read with a reason and purged."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import sqlalchemy as sa

from services.chassis.store import BoundStore
from services.chassis.work import UnitOfWork
from services.commons.errors import Conflict, NotFound

from ..model.frame import ContactReading, SamplingFrame
from ..model.frame_row import PARTS
from ..queries import frames as queries
from ..tables.frames import drawings, frame_contacts, frame_units
from ..tables.invitations import invitation_pages, invitations

#: Rows of one statement.
_ROWS = 5_000


@dataclass(frozen=True)
class LoadedUnit:
    """A unit of a list that was checked: its contact is sealed already."""

    id: str
    cell: str
    sealed: bytes | None


def announce(command: dict[str, Any], uow: UnitOfWork) -> SamplingFrame:
    """Say that a frame will come, so that drawings can be pledged before it is seen."""
    uow.happened(command["happened_on"])
    return uow.add(SamplingFrame.announce(**command, recorded_at=uow.now))


def load(command: dict[str, Any], uow: UnitOfWork, units: list[LoadedUnit]) -> SamplingFrame:
    """Take the list, whole."""
    day = uow.happened(command["happened_on"])
    frame = uow.get(SamplingFrame, command["id"], locked=True)
    sealed = [one for one in units if one.sealed is not None]
    cells = {one.id: one.cell for one in units}
    frame.load(cells, has_contacts=bool(sealed), happened_on=day)
    for start in range(0, len(units), _ROWS):
        rows = units[start : start + _ROWS]
        insert(uow, frame_units, [_row(frame, one) | {"cell": one.cell} for one in rows])
        kept = [one for one in rows if one.sealed is not None]
        insert(uow, frame_contacts, [_row(frame, one) | {"sealed": one.sealed} for one in kept])
    return frame


def read_contact(command: dict[str, Any], uow: UnitOfWork) -> dict[str, Any]:
    """Open one unit's contact; noted with the reason.  NotFound without one."""
    frame = uow.get(SamplingFrame, command["id"])
    unit = command["unit"]
    contact = opened(uow, frame.id, [unit]).get(unit)
    if contact is None:
        raise NotFound("contact-missing", "no contact is kept here", "没有联系方式,或已删除")
    note(uow, frame.id, purpose="unit", unit=unit, count=1, reason=command["reason"])
    return contact | {"frame_id": frame.id, "unit": unit}


def opened(uow: UnitOfWork, frame_id: str, units: list[str]) -> dict[str, dict[str, Any]]:
    """The contacts of some units, as far as there are any; who asks notes it."""
    sealed = queries.sealed(uow.session, frame_id, units)
    found = {unit: uow.keys.open(text) for unit, text in sealed.items()}
    return {unit: {part: one.get(part) for part in PARTS} for unit, one in found.items()}


def note(
    uow: UnitOfWork,
    frame_id: str,
    *,
    purpose: str,
    count: int,
    reason: str,
    unit: str | None = None,
    audience_id: str | None = None,
) -> None:
    """Note that contacts were read, or a link was made anew."""
    uow.add(
        ContactReading.note(
            frame_id=frame_id,
            audience_id=audience_id,
            unit=unit,
            purpose=purpose,
            count=count,
            read_by=uow.principal.subject,
            reason=reason,
            read_at=uow.now,
        )
    )


def purge_due(uow: UnitOfWork) -> int:
    """Purge the frames whose contacts have been kept long enough; how many contacts went."""
    return sum(purge(uow, id_) for id_ in queries.purgeable(uow.session, uow.today))


def purge(uow: UnitOfWork, frame_id: str) -> int:
    """Delete a frame's contacts, and with them who was invited and who has answered.

    The list of ids and cells stays, by which the drawing is redone, and so does who read contacts.
    Raises Conflict while an audience that was drawn from it is asked.
    """
    frame = uow.get(SamplingFrame, frame_id, locked=True)
    if None in queries.closings(uow.session, frame.id):
        raise Conflict(
            "frame-in-use",
            "an audience that was drawn from this frame is not closed yet",
            "使用该抽样框的测评尚未结束",
        )
    connection = uow.session.connection()
    contacts = sa.delete(frame_contacts).where(frame_contacts.c.frame_id == frame_id)
    gone: int = connection.execute(contacts).rowcount
    served = sa.select(drawings.c.audience_id).where(drawings.c.frame_id == frame_id)
    for table in (invitations, invitation_pages):
        connection.execute(sa.delete(table).where(table.c.audience_id.in_(served)))
    frame.purge(uow.today)
    return gone


def seal_all_anew(store: BoundStore) -> int:
    """Seal every contact with the first key, some at a time; how many there were."""
    count, last = 0, None
    while done := store.apply(partial(_seal_some, after=last)):
        count, last = count + len(done), done[-1]
    return count


def _seal_some(uow: UnitOfWork, after: tuple[str, str] | None) -> list[tuple[str, str]]:
    rows = queries.some_sealed(uow.session, after, _ROWS // 10)
    c = frame_contacts.c
    one = sa.update(frame_contacts).where(
        c.frame_id == sa.bindparam("frame"), c.unit == sa.bindparam("one")
    )
    for row in rows:
        sealed = uow.keys.rotate(row.sealed)
        uow.session.connection().execute(
            one.values(sealed=sealed), {"frame": row.frame_id, "one": row.unit}
        )
    return [(row.frame_id, row.unit) for row in rows]


def _row(frame: SamplingFrame, unit: LoadedUnit) -> dict[str, Any]:
    return {"frame_id": frame.id, "unit": unit.id}


def insert(uow: UnitOfWork, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    """Write many rows at once: as entities, a hundred thousand would hold the service up."""
    if rows:
        uow.session.connection().execute(sa.insert(table), rows)
