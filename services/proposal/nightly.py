"""``python -m services.proposal.nightly``: what is done once a night, in a process of its own.

The index of similar suggestions is put in order (made anew if the synonyms in force changed), the
suggestions of every year that has changed are clustered, and deadlines that hang on working days
not announced before are counted anew.  Whoever is killed in it, or comes twice, harms nothing.
"""

from __future__ import annotations

import sys

import structlog

from services.chassis import database, nightly
from services.chassis.store import BoundStore

from .queries.similarity import synonyms_in_force
from .recomputing import recomputed
from .similarity import building, runs
from .similarity.text import Lexicon
from .tables import metadata

log = structlog.get_logger()


def main() -> int:
    """Do all of it; 1 if a part failed, which does not keep the others from being done."""
    return nightly.run("proposal", metadata, tend, cluster, recompute)


def tend(store: BoundStore) -> None:
    """Put the index in order."""
    groups = synonyms_in_force(store.engine, store.settings.today)
    _, lexicon = database.in_transaction(store.engine, building.current, reading=True)
    if lexicon is not None and lexicon.hash != Lexicon(groups).hash:
        log.info("reindexed", documents=building.reindex(store.engine, groups))
    building.tend(store.engine, groups, thorough=True)


def cluster(store: BoundStore) -> None:
    """Cluster each year that has suggestions; a year that has not changed keeps its run."""
    for year in database.in_transaction(store.engine, runs.years, reading=True):
        run, new = runs.run(store, year)
        log.info("clustered", year=year, run=run.id, new=new, **run.counts)


def recompute(_store: BoundStore) -> None:
    """Count provisional deadlines anew."""
    log.info("deadlines_recomputed", changed=sum(1 for _ in recomputed()))


if __name__ == "__main__":
    sys.exit(main())
