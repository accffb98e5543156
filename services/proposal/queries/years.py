"""Lists of one year, or of all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

Query = sa.Select[Any]


def of_year_unordered(cls: Any, params: dict[str, Any]) -> Query:
    """Entities of a class, of one year if ``params`` says so, in no order yet."""
    query = sa.select(cls)
    return query.where(cls.year == params["year"]) if "year" in params else query


def between(query: Query, params: Mapping[str, Any], column: sa.ColumnElement[Any]) -> Query:
    """The query from the day ``since`` to the day ``until``, both inclusive, if they are given."""
    if "since" in params:
        query = query.where(column >= params["since"])
    if "until" in params:
        query = query.where(column <= params["until"])
    return query
