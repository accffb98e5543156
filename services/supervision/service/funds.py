"""Payments of projects, and how their money stands."""

from __future__ import annotations

from services.chassis.rpc import rpc

from ..commands import funds as commands
from ..model.fund import FundEntry
from ..queries import funds as queries
from ..queries.reading import one
from ..schemas import funds as schemas
from .stored import Json, Stored


class Funds(Stored):
    """Payments of projects, and how their money stands."""

    @rpc
    def enter_funds(self, project_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.enter_funds,
            schemas.EnterFunds,
            body,
            id=project_id,
            answer=schemas.FundEntry,
        )

    @rpc
    def get_fund_entry(self, entry_id: str) -> Json:
        return self.store.read(one(FundEntry), entry_id, answer=schemas.FundEntry)

    @rpc
    def list_fund_entries(self, params: Json) -> Json:
        return self.store.list(
            queries.list_fund_entries,
            schemas.ProjectFundEntryQuery,
            params,
            answer=schemas.FundEntry,
        )

    @rpc
    def get_funds(self, project_id: str, params: Json) -> Json:
        asked = self.store.asked(schemas.FundsQuery, params)
        on = asked.get("on") or asked["today"]
        return self.store.read(queries.funds_of, project_id, on, answer=schemas.Funds)
