"""The snaps as Open311 shows them; who reports one there takes a snap."""

from __future__ import annotations

from services.chassis.rpc import rpc

from ..queries import open311 as queries
from ..schemas import open311 as schemas
from .stored import Json, Stored


class Open311(Stored):
    """The snaps as Open311 shows them."""

    @rpc
    def open311_services(self) -> Json:
        today = self.store.settings.today
        return self.store.read(queries.offered, today, answer=schemas.Open311Services)

    @rpc
    def open311_requests(self, params: Json) -> Json:
        asked = self.store.asked(schemas.Open311Query, params)
        zone = self.store.settings.zone
        return self.store.read(
            queries.requests, asked, asked["today"], zone, answer=schemas.Open311Requests
        )

    @rpc
    def open311_request(self, request_id: str) -> Json:
        own = self.store.settings
        return self.store.read(
            queries.request, request_id, own.today, own.zone, answer=schemas.Open311Request
        )

    @rpc
    def open311_updates(self, params: Json) -> Json:
        asked = self.store.asked(schemas.Open311Query, params)
        return self.store.read(
            queries.updates, asked, asked["today"], answer=schemas.Open311Updates
        )
