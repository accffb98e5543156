"""Contacts and who read them."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ..model.contact import ContactReading
from ..tables.contacts import contact_readings


def list_readings(session: Session, suggestion_id: str) -> dict[str, list[ContactReading]]:
    """Who read the contact of a suggestion, oldest first."""
    query = sa.select(ContactReading).where(contact_readings.c.suggestion_id == suggestion_id)
    query = query.order_by(contact_readings.c.read_at, contact_readings.c.id)
    return {"items": list(session.scalars(query))}
