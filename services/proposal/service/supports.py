"""Support, co-signing, comments, and what the public sees."""

from __future__ import annotations

from services.chassis.paging import PageQuery
from services.chassis.rpc import rpc

from ..commands import supports as commands
from ..queries import acts
from ..queries import suggestions as queries
from ..queries.reading import check_reader
from ..schemas import supports as schemas
from .stored import Json, Stored


class Supports(Stored):
    """Support, co-signing, comments, and what the public sees."""

    @rpc
    def support_suggestion(self, suggestion_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.support,
            schemas.SupportSuggestion,
            body,
            id=suggestion_id,
            answer=schemas.Support,
        )

    @rpc
    def withdraw_support(self, suggestion_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.withdraw_support,
            schemas.SupportSuggestion,
            body,
            id=suggestion_id,
            answer=schemas.Support,
        )

    @rpc
    def cosign_suggestion(self, suggestion_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.cosign,
            schemas.CosignSuggestion,
            body,
            id=suggestion_id,
            answer=schemas.Cosignature,
        )

    @rpc
    def list_cosignatures(self, suggestion_id: str, params: Json) -> Json:
        check_reader(self.store, suggestion_id)
        return self.store.list(
            lambda _: acts.list_cosignatures(suggestion_id),
            PageQuery,
            params,
            answer=schemas.Cosignature,
        )

    @rpc
    def comment_on_suggestion(self, suggestion_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.comment,
            schemas.CommentOnSuggestion,
            body,
            id=suggestion_id,
            answer=schemas.Comment,
        )

    @rpc
    def list_comments(self, suggestion_id: str, params: Json) -> Json:
        check_reader(self.store, suggestion_id)
        return self.store.list(
            lambda _: acts.list_comments(suggestion_id),
            PageQuery,
            params,
            answer=schemas.Comment,
        )

    @rpc
    def get_published_suggestion(self, suggestion_id: str) -> Json:
        return self.store.read(
            queries.get_published, suggestion_id, answer=schemas.PublishedSuggestion
        )

    @rpc
    def list_published_suggestions(self, params: Json) -> Json:
        return self.store.list(
            queries.list_published,
            schemas.PublishedQuery,
            params,
            answer=schemas.PublishedSuggestion,
        )
