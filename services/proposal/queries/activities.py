"""Activities in which suggestions are born."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.paging import containing, ordered
from services.chassis.work import get

from ..model.activity import CollectionActivity
from ..tables.register import collection_activities
from .years import between

Query = sa.Select[Any]


def get_activity(session: Session, id_: str) -> CollectionActivity:
    """One activity."""
    return get(session, CollectionActivity, id_)


def list_activities(params: dict[str, Any]) -> Query:
    """Activities, by their first day without another order.

    Each with the number of suggestions that were born there.
    """
    c, query = collection_activities.c, sa.select(CollectionActivity)
    for name in ("kind", "organiser_kind"):
        if name in params:
            query = query.where(c[name] == params[name])
    query = between(query, params, c.starts_on)
    query = containing(query, params.get("q", ""), c.title, c.organiser, c.place)
    return ordered(query, params, _SORTED, c.id, default="starts_on")


_SORTED = {
    name: collection_activities.c[name] for name in ("starts_on", "recorded_at", "title", "id")
}
