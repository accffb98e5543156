"""The names of what rows name by their ids."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from ....tables.heard import units


def named(table: sa.Table, id_: sa.Column[Any], name: str = "name") -> Any:
    """The name, or another column, of the row of that id."""
    return sa.select(table.c[name]).where(table.c.id == id_).scalar_subquery()


def unit(id_: sa.Column[Any]) -> Any:
    """A unit's name."""
    return named(units, id_)
