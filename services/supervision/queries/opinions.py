"""Opinions, and checks made online."""

from __future__ import annotations

import sqlalchemy as sa

from ..model.matter import CLOSED, REPLIED
from ..model.opinion import OnlineCheck, Opinion
from ..tables import opinions
from .reading import Json, Query, by_day, listed

_C = opinions.opinions.c
_STATE = sa.func.coalesce(_C.state, REPLIED)
_SETTLED = sa.or_(
    _STATE == CLOSED,
    sa.and_(_C.handled_on.is_not(None), _C.replied_on.is_not(None), _STATE == REPLIED),
)
#: By what opinions and problems can be asked for.
IN_LOOP = ("project_id", "unit_id", "deputy_id", "kind", "state")


def list_opinions(params: Json) -> Query:
    """Opinions by day, perhaps of one project, unit … or channel, the open or the settled ones."""
    query = by_day(Opinion, opinions.opinions, params, "channel", *IN_LOOP)
    if "open" in params:
        query = query.where(sa.not_(_SETTLED) if params["open"] else _SETTLED)
    return query


def list_online_checks(params: Json) -> Query:
    """Checks made online, perhaps of one project."""
    return listed(OnlineCheck, opinions.online_checks, params, "project_id")
