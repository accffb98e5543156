"""What stands in the service's tables, read past the service."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from ...harness import Harness


def kept(survey: Harness, table: str) -> list[dict[str, Any]]:
    """All rows of a table."""
    query = sa.select(survey.metadata.tables[table])
    with survey.engine.connect() as connection:
        return [dict(row) for row in connection.execute(query).mappings()]


def tallies(survey: Harness, audience_id: str) -> list[dict[str, Any]]:
    """The counts of an audience, by cell."""
    rows = [row for row in kept(survey, "cell_tallies") if row["audience_id"] == audience_id]
    return sorted(rows, key=lambda row: str(row["cell"]))
