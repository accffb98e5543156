"""Suggestions."""

from __future__ import annotations

from services.chassis.rpc import rpc

from ..commands import suggestions as commands
from ..queries import suggestions as queries
from ..schemas import suggestions as schemas
from .stored import Json, Stored


class Suggestions(Stored):
    """Suggestions."""

    @rpc
    def submit_suggestion(self, body: Json) -> Json:
        return self.store.execute(
            commands.submit, schemas.SubmitSuggestion, body, answer=schemas.Suggestion
        )

    @rpc
    def get_suggestion(self, suggestion_id: str) -> Json:
        return self.store.read(queries.get_suggestion, suggestion_id, answer=schemas.Suggestion)

    @rpc
    def list_suggestions(self, params: Json) -> Json:
        return self.store.list(
            queries.list_suggestions,
            schemas.SuggestionQuery,
            params,
            answer=schemas.Suggestion,
        )

    @rpc
    def sort_suggestion(self, suggestion_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.sort,
            schemas.SortSuggestion,
            body,
            id=suggestion_id,
            answer=schemas.Suggestion,
        )

    @rpc
    def match_suggestion(self, suggestion_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.match,
            schemas.MatchSuggestion,
            body,
            id=suggestion_id,
            answer=schemas.Suggestion,
        )
