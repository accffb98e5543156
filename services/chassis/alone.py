"""One process at a time: work that must not run twice side by side, on either database.

The lock lives as long as its holder: whoever is killed lets it go.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa


@contextmanager
def alone(engine: sa.Engine, name: str) -> Iterator[bool]:
    """Hold the lock ``name`` of this database; whether it was free.  Never waits."""
    if engine.dialect.name == "postgresql":
        with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            key = {"key": f"minsheng.{name}"}
            lock = sa.text("SELECT pg_try_advisory_lock(hashtext(:key))")
            held = bool(connection.execute(lock, key).scalar_one())
            try:
                yield held
            finally:
                if held:
                    unlock = sa.text("SELECT pg_advisory_unlock(hashtext(:key))")
                    connection.execute(unlock, key)
        return
    with Path(f"{engine.url.database}.{name}").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
