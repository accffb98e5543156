"""Lists of one year, or of all."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

Query = sa.Select[Any]


def of_year(cls: Any, params: dict[str, Any]) -> Query:
    """Entities of a class by id, of one year if ``params`` says so."""
    query = sa.select(cls).order_by(cls.id)
    return query.where(cls.year == params["year"]) if "year" in params else query
