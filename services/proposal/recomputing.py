"""Deadlines that hang on working days not announced yet, counted anew from the command line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from services.chassis import database
from services.chassis.settings import load
from services.chassis.store import BoundStore

from .commands.deadlines import recompute
from .schemas.answers import Recompute, Recomputed
from .tables import metadata


def recomputed() -> Iterator[dict[str, Any]]:
    """Each deadline that changed, in transactions of a few hundred; the events wait in the outbox.

    A running service's relay publishes them.
    """
    settings = load("proposal")
    engine = database.create_engine(settings.database_url)
    store = BoundStore(engine, metadata, settings, operation="recompute_deadlines")
    body: dict[str, Any] = {}
    try:
        while True:
            found = store.execute(recompute, Recompute, body, answer=Recomputed)
            yield from found["changed"]
            if found["last"] is None:
                return
            body = {"after": found["last"]}
    finally:
        engine.dispose()
