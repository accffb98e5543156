"""Copies of what other services own, from their events, and how a newer one replaces an older.

``version`` is the aggregate's in the event.  Events come in any order and twice: a copy takes only
a higher version, and where every step counts each step is a row of its own.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Date, Integer, String, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from services.chassis.columns import Id, Json

from .metadata import identity, metadata, version

units = Table(
    "units",
    metadata,
    identity(),
    Column("name", String(120), nullable=False),
    Column("kind", String(20), nullable=False),
    version(),
)
deputies = Table(
    "deputies",
    metadata,
    identity(),
    Column("congresses", Json, nullable=False),
    Column("enrolled_on", Date, nullable=False),
    version(),
)
#: One row per step of a suggestion; ``dated``: the latest day that the step knows of.
suggestion_steps = Table(
    "suggestion_steps",
    metadata,
    identity(),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("year", Integer, nullable=False, index=True),
    Column("author_kind", String(20), nullable=False),
    Column("aspect", String(40), nullable=False),
    Column("state", String(10), nullable=False),
    Column("sub_item_id", Id),
    Column("dated", Date, nullable=False),
)
suggested_projects = Table(
    "suggested_projects",
    metadata,
    identity(),
    Column("year", Integer, nullable=False, index=True),
    Column("aspect", String(40), nullable=False),
    Column("suggestion_ids", Json, nullable=False),
    Column("happened_on", Date, nullable=False),
    version(),
)
sessions = Table(
    "sessions",
    metadata,
    identity(),
    Column("congress", String(6), nullable=False),
    Column("term", Integer, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("opens_on", Date, nullable=False),
    version(),
)
sign_ins = Table(
    "sign_ins",
    metadata,
    identity(),
    Column("session_id", Id, nullable=False, index=True),
    Column("deputy_id", Id, nullable=False),
    Column("happened_on", Date, nullable=False),
    version(),
)
results = Table(
    "results",
    metadata,
    identity(),
    Column("year", Integer, nullable=False, index=True),
    Column("session_id", Id, nullable=False),
    Column("method_title", String(200), nullable=False),
    Column("voted_on", Date, nullable=False),
    Column("certified_on", Date, nullable=False),
    Column("candidates", Json, nullable=False),
    version(),
)
scores = Table(
    "scores",
    metadata,
    identity(),
    Column("year", Integer, nullable=False, index=True),
    Column("eligible", Integer, nullable=False),
    Column("returned", Integer, nullable=False),
    Column("method_title", String(200), nullable=False),
    Column("items", Json, nullable=False),
    Column("published_on", Date, nullable=False),
    version(),
)


def keep_newest(session: Session, table: Table, row: dict[str, Any]) -> None:
    """Store a copy, unless the stored one has the same or a higher version."""
    insert = _insert(session, table).values(row)
    taken = {name: insert.excluded[name] for name in row if name != "id"}
    session.execute(
        insert.on_conflict_do_update(
            index_elements=[table.c.id],
            set_=taken,
            where=insert.excluded.version > table.c.version,
        )
    )


def keep_step(session: Session, table: Table, row: dict[str, Any]) -> None:
    """Store a step, unless it is stored already."""
    session.execute(_insert(session, table).values(row).on_conflict_do_nothing())


def _insert(session: Session, table: Table) -> Any:
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    return dialect.insert(table)
