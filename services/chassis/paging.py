"""Lists in pages: an opaque cursor that stays right while rows come and go."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
import uuid
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from marshmallow import Schema, fields, validate
from sqlalchemy.orm import Session

from services.commons.errors import Invalid

LARGEST = 200
_LARGEST_INTEGER = 2**63 - 1


class PageQuery(Schema):
    """The parameters that every list takes."""

    cursor = fields.String(validate=validate.Length(max=500))
    limit = fields.Integer(load_default=50, validate=validate.Range(1, LARGEST))


def page(
    session: Session, query: sa.Select[Any], params: dict[str, Any], dump: Callable[[Any], Any]
) -> dict[str, Any]:
    """One page of ``query``, which must be ordered by columns that together are unique.

    Returns ``{"items", "next"}``; ``next`` is None on the last page.
    """
    columns = list(query._order_by_clauses)
    if params.get("cursor"):
        after = _decoded(params["cursor"], len(columns))
        typed = [_typed(value, column) for column, value in zip(columns, after, strict=True)]
        query = query.where(sa.tuple_(*columns) > sa.tuple_(*typed))
    limit = params["limit"]
    rows = session.execute(query.add_columns(*columns).limit(limit + 1)).all()
    shown = rows[:limit]
    more = len(rows) > limit
    return {
        "items": [dump(row[0]) for row in shown],
        "next": _encoded(shown[-1][1:]) if more else None,
    }


def _encoded(values: Any) -> str:
    text = json.dumps([_plain(value) for value in values])
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


def _decoded(cursor: str, length: int) -> list[Any]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        values = json.loads(base64.urlsafe_b64decode(padded.encode("ascii")))
        if not isinstance(values, list) or len(values) != length:
            raise ValueError
        if not all(isinstance(value, str | int) for value in values):
            raise ValueError
    except (ValueError, binascii.Error, UnicodeError):
        raise _bad_cursor() from None
    return values


def _bad_cursor() -> Invalid:
    return Invalid(
        "cursor-invalid",
        "the cursor is not one that this list gave; start again without it",
        "游标无效,请去掉后重新开始",
    )
