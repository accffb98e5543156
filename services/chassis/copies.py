"""Copies of what other services own, kept from their events.

Events come in any order, twice, and several at once: a copy takes only a higher version.  The
database compares in the statement that writes, since whoever reads first and writes then may put
an older state over a newer one.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from .database import insert


def keep_newest(session: Session, table: sa.Table, row: dict[str, Any]) -> None:
    """Store a copy, unless the stored one has the same or a higher version.

    ``row``: the copy with its ``id`` and the event's ``version``.
    """
    inserted = insert(session.connection().dialect.name, table).values(row)
    taken = {name: inserted.excluded[name] for name in row if name != "id"}
    session.execute(
        inserted.on_conflict_do_update(
            index_elements=[table.c.id],
            set_=taken,
            where=inserted.excluded.version > table.c.version,
        )
    )


def keep_step(session: Session, table: sa.Table, row: dict[str, Any]) -> bool:
    """Store a step, where every step counts; False, and nothing, if it is stored already."""
    statement = insert(session.connection().dialect.name, table)
    done = session.connection().execute(statement.values(row).on_conflict_do_nothing())
    return bool(done.rowcount)
