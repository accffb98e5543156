"""Opinions, and checks made online."""

from __future__ import annotations

from services.chassis.rpc import rpc

from ..commands import opinions as commands
from ..commands import replies
from ..commands.photos import with_photos
from ..model.matter import OPINION
from ..model.opinion import Opinion
from ..queries import opinions as queries
from ..queries.reading import one
from ..schemas import opinions as schemas
from .stored import Json, Stored


class Opinions(Stored):
    """Opinions, and checks made online."""

    @rpc
    def raise_opinion(self, body: Json) -> Json:
        return self.store.execute(
            with_photos(commands.raise_opinion, body, self.store.files),
            schemas.RaiseOpinion,
            body,
            answer=schemas.ProjectOpinion,
        )

    @rpc
    def get_opinion(self, opinion_id: str) -> Json:
        return self.store.read(one(Opinion), opinion_id, answer=schemas.ProjectOpinion)

    @rpc
    def list_opinions(self, params: Json) -> Json:
        return self.store.list(
            queries.list_opinions,
            schemas.OpinionQuery,
            params,
            answer=schemas.ProjectOpinion,
        )

    @rpc
    def handle_opinion(self, opinion_id: str, body: Json) -> Json:
        return self.store.execute(
            replies.handle,
            schemas.HandleOpinion,
            body,
            id=opinion_id,
            register=OPINION,
            answer=schemas.ProjectOpinion,
        )

    @rpc
    def reply_to_opinion(self, opinion_id: str, body: Json) -> Json:
        return self.store.execute(
            replies.reply,
            schemas.ReplyToOpinion,
            body,
            id=opinion_id,
            register=OPINION,
            answer=schemas.ProjectOpinion,
        )

    @rpc
    def check_online(self, body: Json) -> Json:
        return self.store.execute(
            commands.check_online,
            schemas.CheckOnline,
            body,
            answer=schemas.OnlineCheck,
        )

    @rpc
    def list_online_checks(self, params: Json) -> Json:
        return self.store.list(
            queries.list_online_checks,
            schemas.OnlineCheckQuery,
            params,
            answer=schemas.OnlineCheck,
        )
