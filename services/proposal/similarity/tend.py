"""``python -m services.proposal.similarity.tend``: put into segments what is pending, and end."""

from __future__ import annotations

from services.chassis import database, settings

from ..queries.similarity import synonyms_in_force
from . import building


def main() -> None:
    """Tend the index of the configured database."""
    own = settings.load("similarity")
    engine = database.create_engine(own.database_url)
    building.tend(engine, synonyms_in_force(engine, own.today))
    engine.dispose()


if __name__ == "__main__":
    main()
