"""Deadlines that hang on working days not announced yet, counted anew from the command line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from services.chassis import database
from services.chassis.settings import load
from services.chassis.store import BoundStore, Command

from .commands.deadlines import recompute, start_missing
from .schemas.answers import Recompute, Recomputed
from .tables import metadata


def recomputed() -> Iterator[dict[str, Any]]:
    """Each deadline that changed or begins, in transactions of a few hundred.

    The events wait in the outbox, and a running service's relay publishes them.
    """
    settings = load("proposal")
    engine = database.create_engine(settings.database_url)
    store = BoundStore(engine, metadata, settings, operation="recompute_deadlines")
    try:
        for command in (start_missing, recompute):
            yield from _all(store, command)
    finally:
        engine.dispose()


def _all(store: BoundStore, command: Command) -> Iterator[dict[str, Any]]:
    body: dict[str, Any] = {}
    while body.get("after", "") is not None:
        found = store.execute(command, Recompute, body, answer=Recomputed)
        yield from found["changed"]
        body = {"after": found["last"]}
