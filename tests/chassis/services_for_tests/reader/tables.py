"""What the reader keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Integer, Table
from sqlalchemy.orm import registry

from services.chassis.columns import Id
from services.chassis.tables import service_metadata
from services.commons.aggregate import Aggregate

metadata = service_metadata()
mapper = registry(metadata=metadata)


@dataclass(eq=False)
class Copy(Aggregate):
    """A copy of a note's newest state."""

    id: str
    revision: int
    seen: int
    version: int = 0

    def public_state(self) -> dict[str, Any]:
        """Nothing is published."""
        return {}


copies = Table(
    "copies",
    metadata,
    Column("id", Id, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("seen", Integer, nullable=False),
    Column("version", Integer, nullable=False),
)
mapper.map_imperatively(Copy, copies, version_id_col=copies.c.version)

#: One row each time an event takes effect: nothing here prevents doubles.
effects = Table(
    "effects",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("event_id", Id, nullable=False),
    Column("subject", Id, nullable=False),
    Column("seen", Integer, nullable=False),
)
