"""Activities in which suggestions are born."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.work import get

from ..model.activity import CollectionActivity
from ..tables.register import collection_activities

Query = sa.Select[Any]


def get_activity(session: Session, id_: str) -> CollectionActivity:
    """One activity."""
    return get(session, CollectionActivity, id_)


def list_activities(params: dict[str, Any]) -> Query:
    """Activities by day, each with the number of suggestions that were born there."""
    table = collection_activities
    return sa.select(CollectionActivity).order_by(table.c.starts_on, table.c.id)
