"""Engines for both databases, and transactions that are tried again where that is safe.

SQLite: ``BEGIN IMMEDIATE`` with no waiting inside the library, because a wait there would stop
the whole process; who finds the file locked sleeps outside and tries again.
"""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import eventlet
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from services.commons.errors import Unavailable

T = TypeVar("T")

#: Seconds for which a transaction that finds no connection, or the file locked, is tried again.
PATIENCE = 5.0
#: The same where another transaction was faster, or what it wrote forbids this one.
RACE = 2.0

#: Keepalives, because a cut network says nothing by itself.
POSTGRES: dict[str, Any] = {
    "connect_timeout": 5,
    "application_name": "minsheng",
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}

# SQLSTATE: serialization failure, deadlock, lock not available.
_LOST_RACE = {"40001", "40P01", "55P03"}


def create_engine(url: str) -> sa.Engine:
    """An engine whose errors never show parameters, safe under eventlet on both databases."""
    if url.startswith("sqlite"):
        return _sqlite(url)
    url = url.replace("postgresql://", "postgresql+psycopg2://", 1)
    return sa.create_engine(
        url,
        hide_parameters=True,
        pool_size=20,
        max_overflow=20,
        pool_timeout=PATIENCE,
        pool_pre_ping=True,
        connect_args=POSTGRES,
    )


def _sqlite(url: str) -> sa.Engine:
    name = sa.make_url(url).database
    if name and name != ":memory:":
        Path(name).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(
        url,
        hide_parameters=True,
        pool_size=20,
        max_overflow=20,
        connect_args={"timeout": 0, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # BEGIN is said below, by us
        cursor = connection.cursor()
        # Switching a new file to WAL needs it for oneself; another process may be doing just that.
        until_unlocked(lambda: cursor.execute("PRAGMA journal_mode=WAL"))
        # FULL: what was answered must survive a power cut, not only a crash.
        cursor.execute("PRAGMA synchronous=FULL")
        # Pages that every command writes are copied back less often; the log stays below 20 MB.
        cursor.execute("PRAGMA wal_autocheckpoint=4000")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def until_unlocked(action: Callable[[], T]) -> T:
    """The result of an action that is tried again for :data:`PATIENCE` while the file is locked."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return action()
        except (sqlite3.OperationalError, OperationalError):
            if time.monotonic() > end:
                raise
            eventlet.sleep(0.01)


def insert(dialect: str, table: sa.Table) -> Any:
    """An INSERT to which a clause ON CONFLICT can be added, of the database at hand."""
    return (postgresql if dialect == "postgresql" else sqlite).insert(table)


def is_transient(exc: BaseException) -> bool:
    """Whether the same transaction may succeed if it is simply tried again."""
    if isinstance(exc, sa.exc.TimeoutError):
        return True
    if not isinstance(exc, DBAPIError):
        return False
    if exc.connection_invalidated or getattr(exc.orig, "pgcode", None) in _LOST_RACE:
        return True
    if isinstance(exc.orig, sqlite3.OperationalError):
        return not str(exc.orig).startswith("no such")  # a schema does not mend itself
    return isinstance(exc, OperationalError)


def in_transaction(
    engine: sa.Engine,
    work: Callable[[Session], T],
    *,
    reading: bool = False,
    races: tuple[type[Exception], ...] = (StaleDataError,),
) -> T:
    """Run ``work`` in one transaction and commit it.

    Tried again with growing waits while that is safe and :data:`PATIENCE` lasts; then Unavailable.
    ``races``: errors that can mean that another transaction was faster; after :data:`RACE` they are
    raised.  ``work`` must be a function of the database alone: it may run several times.
    """
    began = time.monotonic()
    wait = 0.002
    bind = engine.execution_options(reading=True) if reading else engine
    while True:
        try:
            with Session(bind, expire_on_commit=False) as session, session.begin():
                return work(session)
        except (DBAPIError, sa.exc.TimeoutError, StaleDataError) as exc:
            raced = isinstance(exc, races)
            if not raced and not is_transient(exc):
                raise
            if time.monotonic() + wait > began + (RACE if raced else PATIENCE):
                raise exc if raced else _unavailable() from exc
        eventlet.sleep(wait * random.uniform(0.5, 1.5))
        wait = min(wait * 2, 0.25)


def _unavailable() -> Unavailable:
    return Unavailable(
        "database-unavailable",
        "the database does not answer; try again in a moment",
        "数据库暂时无法使用,请稍后再试",
    )
