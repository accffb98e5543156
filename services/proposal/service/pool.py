"""The reserve pool."""

from __future__ import annotations

from services.chassis.rpc import rpc

from ..commands import pool as commands
from ..queries import pool as queries
from ..schemas import pool as schemas
from .stored import Json, Stored


class Pool(Stored):
    """The reserve pool."""

    @rpc
    def add_pool_entry(self, body: Json) -> Json:
        return self.store.execute(
            commands.add_entry, schemas.AddPoolEntry, body, answer=schemas.PoolEntry
        )

    @rpc
    def get_pool_entry(self, entry_id: str) -> Json:
        return self.store.read(queries.get_entry, entry_id, answer=schemas.PoolEntry)

    @rpc
    def list_pool_entries(self, params: Json) -> Json:
        return self.store.list(
            queries.list_entries, schemas.PoolEntryQuery, params, answer=schemas.PoolEntry
        )

    @rpc
    def extend_pool_entry(self, entry_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.extend_entry,
            schemas.ExtendPoolEntry,
            body,
            id=entry_id,
            answer=schemas.PoolEntry,
        )

    @rpc
    def remove_pool_entry(self, entry_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.remove_entry,
            schemas.RemovePoolEntry,
            body,
            id=entry_id,
            answer=schemas.PoolEntry,
        )

    @rpc
    def get_reserve_pool(self, params: Json) -> Json:
        asked = self.store.asked(schemas.ReservePoolQuery, params)
        return self.store.read(queries.get_reserve_pool, asked, answer=schemas.ReservePool)
