"""What became of suggestions, and what their authors were told."""

from __future__ import annotations

from services.chassis.paging import PageQuery
from services.chassis.rpc import rpc

from ..model.asker import READERS
from ..queries import following as queries
from ..queries import tracing
from ..queries.asking import asker
from ..queries.reading import check_reader
from ..schemas import following as schemas
from ..schemas.tracing import ProjectTrace, SuggestionTrace
from .stored import Json, Stored


class Following(Stored):
    """What became of suggestions, and what their authors were told."""

    @rpc
    def list_follow_ups(self, suggestion_id: str, params: Json) -> Json:
        check_reader(self.store, suggestion_id)
        query = queries.list_follow_ups(suggestion_id)
        return self.store.list(query, PageQuery, params, answer=schemas.FollowUp)

    @rpc
    def list_matches(self, suggestion_id: str, params: Json) -> Json:
        check_reader(self.store, suggestion_id)
        query = queries.list_matches(suggestion_id)
        return self.store.list(query, PageQuery, params, answer=schemas.Match)

    @rpc
    def trace_suggestion(self, suggestion_id: str) -> Json:
        person = asker(self.store)
        return self.store.read(
            tracing.trace_suggestion, suggestion_id, person, answer=SuggestionTrace
        )

    @rpc
    def trace_project(self, project_id: str) -> Json:
        inside = asker(self.store).has(*READERS)
        return self.store.read(tracing.trace_project, project_id, inside, answer=ProjectTrace)
