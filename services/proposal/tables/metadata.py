"""The metadata that all tables of this service share, and the columns that many have."""

from __future__ import annotations

from sqlalchemy import Column, Date, Integer

from services.chassis.columns import Id, UtcDateTime
from services.chassis.tables import service_metadata

metadata = service_metadata()


def identity() -> Column[str]:
    """The primary key."""
    return Column("id", Id, primary_key=True)


def dated() -> tuple[Column[object], Column[object]]:
    """The day of the deed and the time of its recording."""
    return (
        Column("happened_on", Date, nullable=False),
        Column("recorded_at", UtcDateTime, nullable=False),
    )


def version() -> Column[int]:
    """How many changes were stored."""
    return Column("version", Integer, nullable=False)
