"""Exports."""

from __future__ import annotations

from typing import Any

from services.chassis import database
from services.chassis.rpc import rpc
from services.chassis.starter import Starter

from ..commands import exports as commands
from ..queries import transfers as queries
from ..schemas import exports as schemas
from .stored import Json, Stored


def _is_due(store: Any) -> bool:
    return database.in_transaction(store.engine, queries.exports_due, reading=True)


class Exports(Stored):
    """Exports, which a process of its own writes."""

    exporting = Starter("services.proposal.transfer.exporting", _is_due, every=1.0)

    @rpc
    def ask_for_export(self, body: Json) -> Json:
        return self.store.execute(commands.ask, schemas.AskForExport, body, answer=schemas.Export)

    @rpc
    def get_export(self, export_id: str) -> Json:
        asker = self.store.context.principal
        return self.store.read(queries.get_export, export_id, asker, answer=schemas.Export)

    @rpc
    def get_export_file(self, export_id: str) -> Json:
        asker, zone = self.store.context.principal, self.store.settings.zone
        return self.store.read(
            queries.get_export_file, export_id, asker, zone, answer=schemas.ExportFile
        )
