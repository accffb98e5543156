"""``python -m services.survey.publishing``: publish the scores whose time has come, each once.

Whoever is killed in it, or comes twice, harms nothing: a score and all that follows from it are
published in one transaction, which finds out by itself what has been done before.
"""

from __future__ import annotations

import sys
from typing import Any

import structlog

from services.chassis import database, nightly
from services.chassis.store import BoundStore
from services.commons import clock

from .commands import publishing
from .queries import results
from .tables import metadata

log = structlog.get_logger()


def main() -> int:
    """Do it; 1 if it failed."""
    return nightly.run("survey", metadata, publish_due)


def publish_due(store: BoundStore) -> None:
    """Publish one after the other, each in a transaction of its own."""
    while publication := store.apply(publishing.carry_out_next):
        log.info("score_published", publication=publication)


def is_due(store: Any) -> bool:
    """Whether any score's time has come, in the replica whose relay publishes."""
    if not store.relay.leading:
        return False
    found = database.in_transaction(
        store.engine, lambda session: results.due(session, clock.now()), reading=True
    )
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
