"""A worker under the ballot box's name that enrols deputies, as the ballot service itself does."""

from __future__ import annotations

from typing import Any

from services.ballot import commands, schemas
from services.ballot.tables import metadata
from services.chassis.rpc import rpc
from services.chassis.store import WorkingStore


class Registry:
    """Enrols deputies in the name of its owner."""

    name = "ballotbox"
    store = WorkingStore(metadata)

    @rpc
    def enrol_deputy(self, body: dict[str, Any]) -> dict[str, Any]:
        """Enrol a deputy."""
        return self.store.execute(commands.enrol, schemas.EnrolDeputy, body, answer=schemas.Deputy)
