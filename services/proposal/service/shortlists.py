"""Shortlists."""

from __future__ import annotations

from services.chassis.rpc import rpc

from ..commands import shortlists as commands
from ..queries import shortlists as queries
from ..schemas import shortlists as schemas
from ..schemas.register import YearQuery
from .stored import Json, Stored


class Shortlists(Stored):
    """Shortlists."""

    @rpc
    def draw_up_shortlist(self, body: Json) -> Json:
        return self.store.execute(
            commands.draw_up, schemas.DrawUpShortlist, body, answer=schemas.Shortlist
        )

    @rpc
    def adopt_shortlist(self, shortlist_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.adopt,
            schemas.AdoptShortlist,
            body,
            id=shortlist_id,
            answer=schemas.Shortlist,
        )

    @rpc
    def get_shortlist(self, shortlist_id: str) -> Json:
        return self.store.read(queries.get_shortlist, shortlist_id, answer=schemas.Shortlist)

    @rpc
    def list_shortlists(self, params: Json) -> Json:
        return self.store.list(queries.list_shortlists, YearQuery, params, answer=schemas.Shortlist)
