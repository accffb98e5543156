"""Lists in pages: an opaque cursor that stays right while rows come and go.

Lists are sorted by one column of an allow-list and then by id, both in the same direction, so that
a page begins where one comparison of two values says.  No column that may be NULL is offered.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
import uuid
from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa
from marshmallow import Schema, fields, validate
from sqlalchemy.orm import Session
from sqlalchemy.sql import operators

from services.commons.errors import Invalid

LARGEST = 200
_LARGEST_INTEGER = 2**63 - 1


class PageQuery(Schema):
    """The parameters that every list takes."""

    cursor = fields.String(validate=validate.Length(max=1000))
    limit = fields.Integer(load_default=50, validate=validate.Range(1, LARGEST))


def Sort(*names: str) -> fields.String:
    """The parameter ``sort``: one of the names, with ``-`` before it from the last to the first."""
    return fields.String(validate=validate.OneOf([sign + n for n in names for sign in ("", "-")]))


def ordered(
    query: sa.Select[Any],
    params: Mapping[str, Any],
    columns: Mapping[str, sa.ColumnElement[Any]],
    tie: sa.ColumnElement[Any],
    *,
    default: str,
) -> sa.Select[Any]:
    """The query in the order that ``sort`` asks for; ``tie``: the id, where values are alike."""
    sort = params.get("sort", default)
    chosen = [columns[sort.removeprefix("-")], tie]
    if chosen[0] is tie:
        chosen.pop()
    return query.order_by(*(c.desc() if sort.startswith("-") else c for c in chosen))


def containing(query: sa.Select[Any], words: str, *columns: Any) -> sa.Select[Any]:
    """The query with every word, set apart by blanks, in one of the columns, in capitals or not."""
    for word in words.split():
        query = query.where(sa.or_(*(c.icontains(word, autoescape=True) for c in columns)))
    return query


def page(
    session: Session, query: sa.Select[Any], params: dict[str, Any], dump: Callable[[Any], Any]
) -> dict[str, Any]:
    """One page of ``query``, which must be ordered by columns that together are unique.

    All in one direction.  Returns ``{"items", "next"}``; ``next`` is None on the last page.
    """
    columns, falling = _order(query)
    sort = params.get("sort", "")
    if params.get("cursor"):
        after = decoded(params["cursor"], sort, len(columns))
        typed = [_typed(value, column) for column, value in zip(columns, after, strict=True)]
        here, there = sa.tuple_(*columns), sa.tuple_(*typed)
        query = query.where(here < there if falling else here > there)
    limit = params["limit"]
    rows = session.execute(query.add_columns(*columns).limit(limit + 1)).all()
    shown = rows[:limit]
    more = len(rows) > limit
    return {
        "items": [dump(row[0]) for row in shown],
        "next": encoded(sort, shown[-1][1:]) if more else None,
    }


def _order(query: sa.Select[Any]) -> tuple[list[Any], bool]:
    """The columns that a query is ordered by, and whether from the last to the first."""
    clauses = list(query._order_by_clauses)
    falling = [getattr(clause, "modifier", None) is operators.desc_op for clause in clauses]
    if len(set(falling)) > 1:
        raise ValueError("a page needs one direction")
    return [c.element if down else c for c, down in zip(clauses, falling, strict=True)], any(
        falling
    )


def encoded(sort: str, values: Any) -> str:
    """The cursor of a place in a list that is sorted so."""
    # A cursor belongs to the order that it was given in.
    told = [*([sort] if sort else []), *(_plain(value) for value in values)]
    text = json.dumps(told, ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int) else value.isoformat()


def _typed(value: Any, column: Any) -> Any:
    """A value as its column's, checked: a cursor may have been made by anybody."""
    kind = column.type.python_type
    try:
        if kind in (dt.date, dt.datetime):
            value = kind.fromisoformat(value)
            if kind is dt.datetime and value.tzinfo is None:
                raise ValueError
        elif isinstance(column.type, sa.Uuid):
            value = str(uuid.UUID(value))
        elif kind is str:
            if b"\0" in value.encode():
                raise ValueError
        elif type(value) is not int or abs(value) > _LARGEST_INTEGER:
            raise ValueError
    except (TypeError, ValueError, AttributeError):
        raise _bad_cursor() from None
    return sa.bindparam(None, value, type_=column.type)


def decoded(cursor: str, sort: str, length: int) -> list[Any]:
    """The values of that place; Invalid for what no such list gave."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        values = json.loads(base64.urlsafe_b64decode(padded.encode("ascii")))
        if not isinstance(values, list) or (sort and values.pop(0) != sort):
            raise ValueError
        if len(values) != length:
            raise ValueError
        if not all(isinstance(value, str | int) for value in values):
            raise ValueError
    except (ValueError, IndexError, binascii.Error, UnicodeError):
        raise _bad_cursor() from None
    return values


def _bad_cursor() -> Invalid:
    return Invalid(
        "cursor-invalid",
        "the cursor is not one that this list gave; start again without it",
        "游标无效,请去掉后重新开始",
    )
