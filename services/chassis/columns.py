"""Column types that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

#: A UUID, as text in Python.
Id = sa.Uuid(as_uuid=False)


class Json(sa.types.TypeDecorator[Any]):
    """JSON, jsonb on PostgreSQL; None is NULL.  Replace a value, never change it in place."""

    impl = sa.JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Any) -> Any:
        """The type of the database at hand."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.JSONB(none_as_null=True))
        return dialect.type_descriptor(sa.JSON(none_as_null=True))


class JsonText(sa.types.TypeDecorator[Any]):
    """JSON kept letter for letter, as ``json`` on PostgreSQL: jsonb would sort the keys."""

    impl = sa.JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Any) -> Any:
        """The type of the database at hand."""
        postgres = dialect.name == "postgresql"
        return dialect.type_descriptor(
            (postgresql.JSON if postgres else sa.JSON)(none_as_null=True)
        )


class UtcDateTime(sa.types.TypeDecorator[dt.datetime]):
    """An instant: aware in Python, always UTC in the database (SQLite drops the zone)."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[dt.datetime]:
        """What it is in Python."""
        return dt.datetime

    def process_bind_param(self, value: dt.datetime | None, dialect: Any) -> dt.datetime | None:
        """To the database: UTC; ValueError without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Any) -> dt.datetime | None:
        """From the database: aware."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)
