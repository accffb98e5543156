"""Which suggestions can be found: one row each, written in the transaction of whoever writes them.

A session that writes a :class:`Suggestion` keeps the row by itself (:func:`follow`), so no command
can forget it.  Who inserts rows without the session calls :func:`add`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from ..similarity.text import fingerprint
from .similarity import documents

#: Never shown to anybody as similar.
HIDDEN = ("draft", "withdrawn")

_ADD = sa.insert(documents)
_REMOVE = sa.delete(documents).where(documents.c.suggestion_id == sa.bindparam("id"))


def add(connection: sa.Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    """Let new suggestions be found (``id``, ``title``, ``text``, ``state`` of each)."""
    new = [
        {"suggestion_id": row["id"], "fingerprint": fingerprint(row["title"], row["text"])}
        for row in rows
        if row["state"] not in HIDDEN
    ]
    if new:
        connection.execute(_ADD, new)


def remove(connection: sa.Connection, suggestion_id: str) -> None:
    """Let a suggestion be found no more."""
    connection.execute(_REMOVE, {"id": suggestion_id})


def replace(connection: sa.Connection, row: Mapping[str, Any]) -> None:
    """Let a changed suggestion be found by what it says now: under a new number."""
    remove(connection, row["id"])
    add(connection, [row])


def follow(entity: type[Any]) -> None:
    """From now on keep the rows of all entities of this class that a session writes."""

    @event.listens_for(entity, "after_insert")
    def inserted(_mapper: Any, connection: sa.Connection, made: Any) -> None:
        add(connection, [_row(made)])

    @event.listens_for(entity, "after_update")
    def updated(_mapper: Any, connection: sa.Connection, changed: Any) -> None:
        now = sa.inspect(changed).attrs
        before = now.state.history.deleted
        seen = before[0] not in HIDDEN if before else changed.state not in HIDDEN
        said = now.title.history.has_changes() or now.text.history.has_changes()
        if said or seen != (changed.state not in HIDDEN):
            replace(connection, _row(changed))

    @event.listens_for(entity, "after_delete")
    def deleted(_mapper: Any, connection: sa.Connection, gone: Any) -> None:
        remove(connection, gone.id)


def _row(one: Any) -> dict[str, Any]:
    return {"id": one.id, "title": one.title, "text": one.text, "state": one.state}
