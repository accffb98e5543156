"""Suggestions."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from services.chassis.rpc import rpc
from services.chassis.store import Anew

from ..commands import corrections, intake
from ..commands import suggestions as commands
from ..commands.attachments import know_files
from ..model.suggestion import DRAFT
from ..queries import acts
from ..queries import suggestions as queries
from ..queries.asking import asker
from ..schemas import suggestions as schemas
from .stored import Json, Stored


class Suggestions(Stored):
    """Suggestions, from the draft to the match."""

    @rpc
    def submit_suggestion(self, body: Json) -> Json:
        know_files(body, self.store.files)
        return self.store.execute(
            intake.submit,
            schemas.SubmitSuggestion,
            body,
            answer=schemas.Suggestion,
            anew=self._drafts_anew,
        )

    @rpc
    def submit_draft(self, suggestion_id: str, body: Json) -> Json:
        return self.store.execute(
            intake.submit_draft,
            schemas.SubmitDraft,
            body,
            id=suggestion_id,
            answer=schemas.Suggestion,
        )

    @rpc
    def get_suggestion(self, suggestion_id: str) -> Json:
        return self.store.read(
            queries.get_suggestion, suggestion_id, asker(self.store), answer=schemas.Suggestion
        )

    @rpc
    def list_suggestions(self, params: Json) -> Json:
        return self.store.list(
            queries.list_suggestions,
            schemas.SuggestionQuery,
            params,
            answer=schemas.Suggestion,
        )

    @rpc
    def list_own_suggestions(self, params: Json) -> Json:
        person = asker(self.store)
        return self.store.list(
            lambda asked: queries.list_own(asked, person),
            schemas.OwnSuggestionQuery,
            params,
            answer=schemas.Suggestion,
        )

    @rpc
    def correct_suggestion(self, suggestion_id: str, body: Json) -> Json:
        know_files(body, self.store.files)
        return self.store.execute(
            corrections.correct,
            schemas.CorrectSuggestion,
            body,
            id=suggestion_id,
            answer=schemas.Suggestion,
            anew=self._drafts_anew,
        )

    @rpc
    def list_suggestion_versions(self, suggestion_id: str) -> Json:
        return self.store.read(
            acts.list_versions,
            suggestion_id,
            asker(self.store),
            answer=schemas.SuggestionVersions,
        )

    @rpc
    def withdraw_suggestion(self, suggestion_id: str, body: Json) -> Json:
        return self.store.execute(
            corrections.withdraw,
            schemas.WithdrawSuggestion,
            body,
            id=suggestion_id,
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
    def list_sortings(self, suggestion_id: str) -> Json:
        return self.store.read(
            acts.list_sortings, suggestion_id, asker(self.store), answer=schemas.Sortings
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

    @property
    def _drafts_anew(self) -> Anew:
        """A draft that is thrown away must be gone, so what it says lies beside it nowhere."""
        person = asker(self.store)

        def query(session: Session, id_: str) -> Any:
            return queries.get_suggestion(session, id_, person)

        return Anew(lambda suggestion: suggestion.state == DRAFT, query)
