"""``python -m services.survey.nightly``: what is done once a night, in its own process.

Contacts of frames whose last audience closed long enough ago are deleted, the others sealed anew
with the first key; what is left of networks from past hours goes, and so do the numbers of imported
forms of closed audiences.  The counts of open audiences are written anew (``commands/restamping``).
Counts and published scores are sealed anew with the first key, too, and all records are checked.
Whoever is killed in it, or comes twice, harms nothing.
"""

from __future__ import annotations

import sys

import structlog

from services.chassis import nightly
from services.chassis.store import BoundStore

from .commands import answer_imports, checking, frames, links, restamping, sealing
from .tables import metadata

log = structlog.get_logger()


def main() -> int:
    """Do all of it; 1 if a part failed, which does not keep the others from being done."""
    contacts = purge_contacts, seal_contacts_anew, forget_networks, forget_numbers
    # Sealed before they are written anew, so that no order is left of the sealing.
    parts = *contacts, seal_counts_anew, restamp, check_records
    return nightly.run("survey", metadata, *parts)


def purge_contacts(store: BoundStore) -> None:
    """Delete the contacts that are no longer needed."""
    log.info("contacts_purged", deleted=store.apply(frames.purge_due))


def seal_contacts_anew(store: BoundStore) -> None:
    """Seal what an older key sealed with the first one."""
    log.info("contacts_sealed", count=frames.seal_all_anew(store))


def forget_networks(store: BoundStore) -> None:
    """Drop what is known of the networks of past hours."""
    log.info("networks_forgotten", audiences=store.apply(links.forget_past_networks))


def forget_numbers(store: BoundStore) -> None:
    """Delete what imported forms of closed audiences were known by."""
    deleted = sum(iter(lambda: store.apply(answer_imports.forget_numbers), 0))
    log.info("form_numbers_forgotten", deleted=deleted)


def restamp(store: BoundStore) -> None:
    """Let the stamps of counts say nothing of the day's answers but those to come."""
    log.info("counts_restamped", audiences=restamping.restamp_open(store))


def seal_counts_anew(store: BoundStore) -> None:
    """Seal with the first key what an older one sealed."""
    log.info("counts_sealed", audiences=sealing.seal_all_anew(store))


def check_records(store: BoundStore) -> None:
    """Look whether anything was touched; what was found stands in the metrics."""
    found = {sign: number for sign, number in checking.check_all(store).items() if number}
    if found:
        log.error("records_touched", **found)


if __name__ == "__main__":
    sys.exit(main())
