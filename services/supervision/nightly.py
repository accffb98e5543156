"""``python -m services.supervision.nightly``: what is done once a night, in its own process.

Deadlines that hang on working days not announced before are counted anew, contacts of residents
whose messages ended long ago are deleted, look-backs that follow a project's completion are
planned, what is due soon by the calendar is called to mind; matters of the release before are taken
into the loop, what stays overdue comes to the next rung of the ladder, and the months for which
progress is owed get their deadlines.  Whoever is killed in it, or comes twice, harms nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial

import structlog

from services.chassis import database, nightly
from services.chassis.store import BoundStore

from .commands import calendar, deadlines, escalations, look_backs, loop, message_contacts, progress
from .queries import progress as progress_queries
from .tables import metadata

log = structlog.get_logger()

#: Before every id.
_FIRST = "00000000-0000-0000-0000-000000000000"


def main() -> int:
    """Do all of it; 1 if a part failed, which does not keep the others from being done."""
    parts = recompute, purge_contacts, plan_look_backs, remind, take_over, escalate, expect
    return nightly.run("supervision", metadata, *parts)


def recompute(store: BoundStore) -> None:
    """Count provisional deadlines anew."""
    log.info("deadlines_recomputed", changed=_by_id(store, deadlines.recompute))


def plan_look_backs(store: BoundStore) -> None:
    """Plan the look-backs that follow the projects' completion."""
    log.info("look_backs_planned", planned=_by_id(store, look_backs.plan_by_rule))


def remind(store: BoundStore) -> None:
    """Call to mind what is due soon by the calendar."""
    reminded = 0
    while more := store.apply(calendar.remind):
        reminded += more
    log.info("reminded", entries=reminded)


def purge_contacts(store: BoundStore) -> None:
    """Delete the contacts that are no longer needed."""
    log.info("contacts_purged", deleted=store.apply(message_contacts.purge))


def take_over(store: BoundStore) -> None:
    """Bring what the release before left into the loop."""
    taken = 0
    while more := store.apply(loop.take_over_all):
        taken += more
    log.info("matters_taken_over", count=taken)


def escalate(store: BoundStore) -> None:
    """Let what stays overdue come to its rungs."""
    log.info("escalations_raised", count=_by_id(store, escalations.escalate))


def expect(store: BoundStore) -> None:
    """Set the deadlines of the months for which progress is owed, project by project."""
    looked_at = 0
    ids = database.in_transaction(store.engine, progress_queries.project_ids, reading=True)
    for id_ in ids:
        looked_at += store.apply(partial(progress.expect_months, project_id=id_))
    log.info("months_expected", looked_at=looked_at)


def _by_id(store: BoundStore, command: Callable[..., tuple[int, str | None]]) -> int:
    """Run a command that takes some by id after one and says where to go on; its count of all."""
    count = 0
    last: str | None = _FIRST
    while last is not None:
        more, last = store.apply(partial(command, after=last))
        count += more
    return count


if __name__ == "__main__":
    sys.exit(main())
