"""Shortlists."""

from __future__ import annotations

from services.chassis.rpc import rpc

from ..commands import shortlists as commands
from ..queries import shortlists as queries
from ..schemas import shortlists as schemas
from .stored import Json, Stored

#: Who sees a list before its adoption.
INSIDERS = frozenset(("deputy", "clerk", "secretariat", "government", "unit", "auditor"))


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
    def pass_shortlist_stage(self, shortlist_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.pass_stage,
            schemas.PassStage,
            body,
            id=shortlist_id,
            answer=schemas.Shortlist,
        )

    @rpc
    def get_shortlist(self, shortlist_id: str) -> Json:
        return self.store.read(
            queries.get_shortlist, shortlist_id, self._drafts, answer=schemas.Shortlist
        )

    @rpc
    def list_shortlists(self, params: Json) -> Json:
        query = queries.list_shortlists if self._drafts else queries.list_adopted
        return self.store.list(query, schemas.ShortlistQuery, params, answer=schemas.Shortlist)

    @rpc
    def get_shortlist_document(self, shortlist_id: str) -> Json:
        return self.store.read(queries.get_document, shortlist_id, answer=schemas.ShortlistDocument)

    @property
    def _drafts(self) -> bool:
        """Whether who asks works on the lists; the public sees those that were adopted."""
        return bool(self.store.context.principal.roles & INSIDERS)
