"""The nameko service ``similarity``: a CPU worker on proposal's database, one job at a time."""

from __future__ import annotations

from typing import Any

from nameko.extensions import DependencyProvider

from services.chassis import database
from services.chassis.rpc import rpc
from services.chassis.starter import Starter
from services.chassis.store import ReadingStore

from ..queries import similarity as queries
from ..schemas import similarity as schemas
from ..tables import metadata
from . import building
from .search import Index

Json = dict[str, Any]


class SharedIndex(DependencyProvider):
    """The index as this process has it in memory."""

    def setup(self) -> None:
        """Make it, empty."""
        self.index = Index()

    def get_dependency(self, worker_ctx: Any) -> Index:
        """It."""
        return self.index


def _is_due(store: ReadingStore) -> bool:
    return database.in_transaction(store.engine, building.is_due, reading=True)


class SimilarityService:
    """Similar suggestions (相似建议)."""

    name = "similarity"
    store = ReadingStore(metadata)
    index = SharedIndex()
    tending = Starter("services.proposal.similarity.tend", _is_due, every=2.0)

    @rpc
    def list_similar_suggestions(self, suggestion_id: str, params: Json) -> Json:
        asked = self.store.asked(schemas.SimilarQuery, params)
        return self.store.read(
            queries.to_stored, self.index, suggestion_id, asked, answer=schemas.SimilarSuggestions
        )

    @rpc
    def search_similar_suggestions(self, body: Json) -> Json:
        draft = self.store.asked(schemas.SearchSimilar, body)
        roles = self.store.context.principal.roles
        return self.store.read(
            queries.to_draft, self.index, draft, roles, answer=schemas.SimilarSuggestions
        )
