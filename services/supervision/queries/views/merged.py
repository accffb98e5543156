"""Rows of many tables in one list: one statement, in order of day, paged by an opaque cursor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.columns import Id
from services.chassis.paging import decoded, encoded
from services.chassis.work import is_id
from services.commons.errors import Invalid

Json = dict[str, Any]

#: The day of what has none: after all others.
NEVER = dt.date(9999, 12, 31)


def literal(value: str) -> sa.ColumnElement[str]:
    """A text that stands in every row of a branch."""
    return sa.literal(value, sa.String)


def text_of(value: Any) -> sa.ColumnElement[str]:
    """The same, or a column that says it."""
    return literal(value) if isinstance(value, str) else sa.cast(value, sa.String)


def nothing(type_: Any) -> sa.ColumnElement[Any]:
    """A column that a branch does not have."""
    return sa.cast(sa.null(), type_)


def page(
    session: Session,
    branches: Sequence[tuple[int, sa.Select[Any]]],
    params: Json,
    *,
    falling: bool = False,
) -> tuple[list[Any], str | None]:
    """One page of the branches' rows, by day, then branch, then id; and the next page's cursor.

    Each branch has a number, the same in every call, and a query with the columns ``day`` and
    ``id``; the other columns are the same in all.  ``falling``: the latest first.
    """
    sort = "-day" if falling else "day"
    after = _after(params, sort)
    limit = params["limit"]
    parts = [_part(number, query, after, limit, falling) for number, query in branches]
    if not parts:
        return [], None
    union = sa.union_all(*parts).subquery()
    order = [union.c.day, union.c.branch, union.c.id]
    query = sa.select(union).order_by(*(c.desc() if falling else c for c in order))
    rows = list(session.execute(query.limit(limit + 1)))
    shown = rows[:limit]
    if len(rows) <= limit:
        return shown, None
    last = shown[-1]
    return shown, encoded(sort, [last.day, last.branch, last.id])


def counted(
    session: Session, branches: Sequence[tuple[int, sa.Select[Any]]], *columns: str, **sums: Any
) -> list[Any]:
    """How many rows there are for each value of some columns; ``sums``: of them, those that …

    Each of ``sums`` makes a condition of the branch's columns.
    """
    parts = []
    for _, query in branches:
        one = query.subquery()
        groups = [one.c[name] for name in columns]
        kinds = [sa.func.count(sa.case((make(one.c), 1))).label(n) for n, make in sums.items()]
        of = sa.select(*groups, sa.func.count().label("count"), *kinds).group_by(*groups)
        parts.append(of)
    return list(session.execute(sa.union_all(*parts))) if parts else []


def _part(
    number: int,
    query: sa.Select[Any],
    after: tuple[dt.date, int, str] | None,
    limit: int,
    falling: bool,
) -> sa.Select[Any]:
    one = query.subquery()
    part = sa.select(*one.c, sa.literal(number, sa.Integer).label("branch"))
    if after:
        part = part.where(_beyond(one.c, number, after, falling))
    order = (one.c.day.desc(), one.c.id.desc()) if falling else (one.c.day, one.c.id)
    # SQLite takes no LIMIT in a part of a union, unless it is a query of its own.
    return sa.select(part.order_by(*order).limit(limit + 1).subquery())


def _beyond(
    c: Any, number: int, after: tuple[dt.date, int, str], falling: bool
) -> sa.ColumnElement[bool]:
    """Whether a row comes after the place; all rows of a branch have its number."""
    day, branch, id_ = after
    further: Callable[[Any, Any], Any] = (
        (lambda one, other: one < other) if falling else (lambda one, other: one > other)
    )
    same_day = c.day == sa.literal(day, sa.Date)
    later = further(c.day, sa.literal(day, sa.Date))
    if number == branch:
        beyond_id = further(c.id, sa.literal(id_, Id))
        return sa.or_(later, sa.and_(same_day, beyond_id))
    return sa.or_(later, same_day) if further(number, branch) else later


def _after(params: Json, sort: str) -> tuple[dt.date, int, str] | None:
    if "cursor" not in params:
        return None
    day, branch, id_ = decoded(params["cursor"], sort, 3)
    try:
        if type(branch) is not int or not isinstance(id_, str) or not is_id(id_):
            raise ValueError
        return dt.date.fromisoformat(day), branch, id_
    except (TypeError, ValueError):
        raise Invalid(
            "cursor-invalid",
            "the cursor is not one that this list gave; start again without it",
            "游标无效,请去掉后重新开始",
        ) from None
