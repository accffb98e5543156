"""Contacts, sealed, and who read them; what operators do with all of them at once."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy import Column, LargeBinary, String, Table, Text
from sqlalchemy.orm import Session

from services.chassis.columns import Id, UtcDateTime
from services.chassis.secretbox import Keys

from .metadata import identity, metadata, version
from .suggestions import suggestions

contacts = Table(
    "contacts",
    metadata,
    Column("suggestion_id", Id, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    version(),
)
contact_readings = Table(
    "contact_readings",
    metadata,
    identity(),
    Column("suggestion_id", Id, nullable=False, index=True),
    Column("read_by", String(200), nullable=False),
    Column("reason", Text, nullable=False),
    Column("read_at", UtcDateTime, nullable=False),
    version(),
)


def purge(
    session: Session,
    *,
    year: int | None = None,
    before: dt.date | None = None,
    suggestion: str | None = None,
) -> int:
    """Delete the contacts of a year's suggestions, of those made before a day, or of one."""
    chosen = sa.select(suggestions.c.id)
    if year is not None:
        chosen = chosen.where(suggestions.c.year == year)
    if before is not None:
        chosen = chosen.where(suggestions.c.happened_on < before)
    if suggestion is not None:
        chosen = chosen.where(suggestions.c.id == suggestion)
    gone = sa.delete(contacts).where(contacts.c.suggestion_id.in_(chosen))
    return session.connection().execute(gone).rowcount


def seal_anew(session: Session, keys: Keys, after: str | None, limit: int = 500) -> list[str]:
    """Seal some contacts with the first key, those after an id; their ids, none when all are."""
    query = sa.select(contacts.c.suggestion_id, contacts.c.sealed).limit(limit)
    query = query.order_by(contacts.c.suggestion_id).with_for_update()
    if after is not None:
        query = query.where(contacts.c.suggestion_id > after)
    rows = session.connection().execute(query).all()
    for row in rows:
        one = sa.update(contacts).where(contacts.c.suggestion_id == row.suggestion_id)
        session.connection().execute(one.values(sealed=keys.rotate(row.sealed)))
    return [row.suggestion_id for row in rows]
