"""What lists have in common: one thing by its id, and filters; an order that is unique."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.work import get
from services.commons.aggregate import Aggregate

E = TypeVar("E", bound=Aggregate)
Json = dict[str, Any]
Query = sa.Select[Any]


def one(cls: type[E]) -> Callable[[Session, str], E]:
    """A query for one entity of this class by its id; it raises NotFound."""
    return lambda session, id_: get(session, cls, id_)


def listed(cls: type[Any], table: sa.Table, params: Json, *filters: str) -> Query:
    """Entities by id, of which the columns ``filters`` are what was asked for."""
    return filtered(sa.select(cls).order_by(table.c.id), table, params, filters)


def by_day(cls: type[Any], table: sa.Table, params: Json, *filters: str) -> Query:
    """The same by the day of the deed."""
    query = sa.select(cls).order_by(table.c.happened_on, table.c.id)
    return filtered(query, table, params, filters)


def filtered(query: Query, table: sa.Table, params: Json, filters: tuple[str, ...]) -> Query:
    """A query with a condition for each of the ``filters`` that was asked for."""
    for name in filters:
        if name in params:
            query = query.where(table.c[name] == params[name])
    return query
