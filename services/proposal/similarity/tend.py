"""``python -m services.proposal.similarity.tend``: put into segments what is pending, and end."""

from __future__ import annotations

from services.chassis import database, settings

from ..queries.similarity import synonyms
from . import building


def main() -> None:
    """Tend the index of the configured database."""
    engine = database.create_engine(settings.load("similarity").database_url)
    groups = database.in_transaction(engine, lambda session: synonyms(session)(), reading=True)
    building.tend(engine, groups)
    engine.dispose()


if __name__ == "__main__":
    main()
