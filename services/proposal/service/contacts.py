"""How to reach authors."""

from __future__ import annotations

from services.chassis.rpc import rpc

from ..commands import contacts as commands
from ..queries import contacts as queries
from ..schemas import contacts as schemas
from .stored import Json, Stored


class Contacts(Stored):
    """How to reach authors."""

    @rpc
    def give_contact(self, suggestion_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.give,
            schemas.GiveContact,
            body,
            id=suggestion_id,
            answer=schemas.ContactState,
        )

    @rpc
    def read_contact(self, suggestion_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.read,
            schemas.ReadContact,
            body,
            id=suggestion_id,
            answer=schemas.Contact,
            kept=False,
        )

    @rpc
    def list_contact_readings(self, suggestion_id: str) -> Json:
        return self.store.read(queries.list_readings, suggestion_id, answer=schemas.ContactReadings)
