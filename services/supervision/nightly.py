"""``python -m services.supervision.nightly``: what is done once a night, in its own process.

Deadlines that hang on working days not announced before are counted anew, contacts of residents
whose messages ended long ago are deleted, look-backs that follow a project's completion are
planned, what is due soon by the calendar is called to mind; matters of the release before are taken
into the loop, what stays overdue comes to the next rung of the ladder, and the months for which
progress is owed get their deadlines.  Whoever is killed in it, or comes twice, harms nothing.
"""

from __future__ import annotations

import sys
from functools import partial

import structlog

from services.chassis import database, logs, settings
from services.chassis.store import BoundStore, open_store

from .commands import calendar, deadlines, escalations, look_backs, loop, message_contacts, progress
from .queries import progress as progress_queries
from .tables import metadata

log = structlog.get_logger()

#: Before every id.
_FIRST = "00000000-0000-0000-0000-000000000000"


def main() -> int:
    """Do all of it; 1 if a part failed, which does not keep the others from being done."""
    own = settings.load("supervision")
    logs.configure("supervision-nightly", own.log_format, own.log_level)
    store = open_store(own, metadata)
    failed = 0
    for part in (recompute, purge_contacts, plan_look_backs, remind, take_over, escalate, expect):
        try:
            part(store)
        except Exception as exc:
            failed = 1
            log.error("nightly_failed", part=part.__name__, **logs.where(exc))
    return failed


def recompute(store: BoundStore) -> None:
    """Count provisional deadlines anew."""
    changed = 0
    last: str | None = _FIRST
    while last is not None:
        more, last = store.apply(partial(deadlines.recompute, after=last))
        changed += more
    log.info("deadlines_recomputed", changed=changed)


def plan_look_backs(store: BoundStore) -> None:
    """Plan the look-backs that follow the projects' completion."""
    planned = 0
    last: str | None = _FIRST
    while last is not None:
        more, last = store.apply(partial(look_backs.plan_by_rule, after=last))
        planned += more
    log.info("look_backs_planned", planned=planned)


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
    raised = 0
    last: str | None = _FIRST
    while last is not None:
        more, last = store.apply(partial(escalations.escalate, after=last))
        raised += more
    log.info("escalations_raised", count=raised)


def expect(store: BoundStore) -> None:
    """Set the deadlines of the months for which progress is owed, project by project."""
    looked_at = 0
    ids = database.in_transaction(store.engine, progress_queries.project_ids, reading=True)
    for id_ in ids:
        looked_at += store.apply(partial(progress.expect_months, project_id=id_))
    log.info("months_expected", looked_at=looked_at)


if __name__ == "__main__":
    sys.exit(main())
