"""The metadata that all tables of this service share, and the columns that many have."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Integer

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


def of_project() -> Column[str]:
    """The project that a row is about."""
    return Column("project_id", Id, ForeignKey("projects.id"), nullable=False, index=True)


def of_visit() -> Column[str]:
    """The visit on which something was found, if it was."""
    return Column("visit_id", Id, ForeignKey("visits.id"), index=True)
