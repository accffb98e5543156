"""``python -m services.survey.nightly``: what is done once a night, in its own process.

Contacts of frames whose last audience closed long enough ago are deleted, the others sealed anew
with the first key; what is left of networks from past hours goes.  Whoever is killed in it, or
comes twice, harms nothing.
"""

from __future__ import annotations

import sys

import structlog

from services.chassis import nightly
from services.chassis.store import BoundStore

from .commands import frames, links
from .tables import metadata

log = structlog.get_logger()


def main() -> int:
    """Do all of it; 1 if a part failed, which does not keep the others from being done."""
    return nightly.run("survey", metadata, purge_contacts, seal_contacts_anew, forget_networks)


def purge_contacts(store: BoundStore) -> None:
    """Delete the contacts that are no longer needed."""
    log.info("contacts_purged", deleted=store.apply(frames.purge_due))


def seal_contacts_anew(store: BoundStore) -> None:
    """Seal what an older key sealed with the first one."""
    log.info("contacts_sealed", count=frames.seal_all_anew(store))


def forget_networks(store: BoundStore) -> None:
    """Drop what is known of the networks of past hours."""
    log.info("networks_forgotten", audiences=store.apply(links.forget_past_networks))


if __name__ == "__main__":
    sys.exit(main())
