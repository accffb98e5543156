"""Rows of many tables in one list: one statement, in order of day, paged by an opaque cursor.

Such a statement is large.  It is built once and used again with other values, since building it
takes longer than the database does to answer it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
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
_DAY = sa.bindparam("after_day", type_=sa.Date)
_BRANCH = sa.bindparam("after_branch", type_=sa.Integer)
_ID = sa.bindparam("after_id", type_=Id)
_LIMIT = sa.bindparam("limit", type_=sa.Integer)


def literal(value: str) -> sa.ColumnElement[str]:
    """A text that stands in every row of a branch."""
    return sa.literal(value, sa.String)


def text_of(value: Any) -> sa.ColumnElement[str]:
    """The same, or a column that says it."""
    return literal(value) if isinstance(value, str) else sa.cast(value, sa.String)


def nothing(type_: Any) -> sa.ColumnElement[Any]:
    """A column that a branch does not have."""
    return sa.cast(sa.null(), type_)


@dataclass(frozen=True)
class Branch:
    """Rows of one table: a query with the columns ``day`` and ``id``, and what makes these."""

    query: sa.Select[Any]
    day: Any
    id: Any


class Merged:
    """Branches in one list; each has its number in every statement, by its place here."""

    def __init__(self, branches: Iterable[tuple[int, Branch]]) -> None:
        self.branches = list(branches)

    def page(
        self,
        session: Session,
        values: Mapping[str, Any],
        params: Json,
        *filters: str,
        falling: bool = False,
    ) -> tuple[list[Any], str | None]:
        """One page of the rows, by day, then branch, then id; and the next page's cursor.

        ``values``: of the branches' parameters.  ``filters``: columns that must have the values of
        these names.  ``falling``: the latest first.
        """
        sort, limit = "-day" if falling else "day", params["limit"]
        after = _after(params, sort)
        if not self.branches:
            return [], None
        statement = self._pages(bool(after), filters, falling)
        rows = list(session.execute(statement, dict(values) | after | {"limit": limit + 1}))
        shown = rows[:limit]
        if len(rows) <= limit:
            return shown, None
        last = shown[-1]
        return shown, encoded(sort, [last.day, last.branch, last.id])

    def counted(
        self, session: Session, values: Mapping[str, Any], before: dt.date, *filters: str
    ) -> Sequence[Any]:
        """For each kind, how many rows there are, and how many are of a day before that one."""
        if not self.branches:
            return []
        return list(session.execute(self._counts(filters), dict(values) | {"before": before}))

    @cache  # noqa: B019 - a list lives as long as the process
    def _pages(self, after: bool, filters: tuple[str, ...], falling: bool) -> sa.Select[Any]:
        parts = [_part(number, branch, after, filters, falling) for number, branch in self.branches]
        union = sa.union_all(*parts).subquery()
        order = [union.c.day, union.c.branch, union.c.id]
        query = sa.select(union).order_by(*(c.desc() if falling else c for c in order))
        return query.limit(_LIMIT)

    @cache  # noqa: B019
    def _counts(self, filters: tuple[str, ...]) -> sa.Select[Any]:
        union = sa.union_all(*(_filtered(one.query, filters) for _, one in self.branches))
        rows = union.subquery()
        before = rows.c.day < sa.bindparam("before", type_=sa.Date)
        return sa.select(
            rows.c.kind,
            sa.func.count().label("count"),
            sa.func.count(sa.case((before, 1))).label("before"),
        ).group_by(rows.c.kind)


def _part(
    number: int, branch: Branch, after: bool, filters: tuple[str, ...], falling: bool
) -> sa.Select[Any]:
    part = branch.query.add_columns(sa.literal(number, sa.Integer).label("branch"))
    if after:
        part = part.where(_beyond(branch, number, falling))
    order = (branch.day, branch.id)
    part = part.order_by(*(c.desc() if falling else c for c in order))
    # SQLite takes no LIMIT in a part of a union, unless it is a query of its own.
    if not filters:
        part = part.limit(_LIMIT)
    return _filtered(part, filters) if filters else sa.select(part.subquery())


def _filtered(query: sa.Select[Any], filters: tuple[str, ...]) -> sa.Select[Any]:
    if not filters:
        return query
    one = query.order_by(None).subquery()
    return sa.select(one).where(
        *(one.c[name] == sa.bindparam(name, type_=one.c[name].type) for name in filters)
    )


def _beyond(branch: Branch, number: int, falling: bool) -> sa.ColumnElement[bool]:
    """Whether a row comes after the place of the cursor."""
    place = sa.literal(number, sa.Integer)
    if falling:
        later, further, other = branch.day < _DAY, branch.id < _ID, place < _BRANCH
    else:
        later, further, other = branch.day > _DAY, branch.id > _ID, place > _BRANCH
    same = sa.or_(other, sa.and_(place == _BRANCH, further))
    return sa.or_(later, sa.and_(branch.day == _DAY, same))


def _after(params: Json, sort: str) -> dict[str, Any]:
    if "cursor" not in params:
        return {}
    day, branch, id_ = decoded(params["cursor"], sort, 3)
    try:
        if type(branch) is not int or not 0 <= branch < 10_000:
            raise ValueError
        if not isinstance(id_, str) or not is_id(id_):
            raise ValueError
        return {
            "after_day": dt.date.fromisoformat(day),
            "after_branch": branch,
            "after_id": id_,
        }
    except (TypeError, ValueError):
        raise Invalid(
            "cursor-invalid",
            "the cursor is not one that this list gave; start again without it",
            "游标无效,请去掉后重新开始",
        ) from None
