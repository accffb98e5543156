"""Opinions, and checks made online."""

from __future__ import annotations

import sqlalchemy as sa

from ..model.opinion import OnlineCheck, Opinion
from ..tables import opinions
from .reading import Json, Query, by_day, listed

#: By what opinions and problems can be asked for.
IN_LOOP = ("project_id", "unit_id", "deputy_id", "kind", "state")


def list_opinions(params: Json) -> Query:
    """Opinions by day, perhaps of one project, unit … or channel, the open or the settled ones."""
    query = by_day(Opinion, opinions.opinions, params, "channel", *IN_LOOP)
    if "open" in params:
        handled, replied = opinions.opinions.c.handled_on, opinions.opinions.c.replied_on
        if params["open"]:
            query = query.where(sa.or_(handled.is_(None), replied.is_(None)))
        else:
            query = query.where(handled.is_not(None), replied.is_not(None))
    return query


def list_online_checks(params: Json) -> Query:
    """Checks made online, perhaps of one project."""
    return listed(OnlineCheck, opinions.online_checks, params, "project_id")
