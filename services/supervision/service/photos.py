"""Photos: what is shown of them, and those that look alike."""

from __future__ import annotations

from services.chassis.rpc import rpc

from ..commands import likenesses, publishing
from ..queries import likenesses as likeness_queries
from ..queries import photos as queries
from ..schemas import photos as schemas
from .stored import Json, Stored


class Photos(Stored):
    """Photos: what is shown of them, and those that look alike."""

    @rpc
    def get_photo(self, photo_id: str) -> Json:
        return self.store.read(queries.photo_for, photo_id, self._office(), answer=schemas.Photo)

    @rpc
    def list_photos(self, params: Json) -> Json:
        return self.store.list(
            queries.seen_by(self._office()), schemas.PhotoQuery, params, answer=schemas.Photo
        )

    def _office(self) -> bool:
        """Whether the office asks, or audit."""
        return bool(self.store.principal.roles & {"clerk", "auditor"})

    @rpc
    def redact_photo(self, photo_id: str, body: Json) -> Json:
        return self.store.execute(
            publishing.redaction(self.store, photo_id, body),
            schemas.RedactPhoto,
            body,
            id=photo_id,
            answer=schemas.PhotoRedaction,
        )

    @rpc
    def list_photo_redactions(self, photo_id: str) -> Json:
        return self.store.read(queries.redactions_of, photo_id, answer=schemas.PhotoRedactions)

    @rpc
    def publish_photo(self, photo_id: str, body: Json) -> Json:
        return self.store.execute(
            publishing.publish,
            schemas.PublishPhoto,
            body,
            id=photo_id,
            answer=schemas.PhotoPublication,
        )

    @rpc
    def list_photo_publications(self, photo_id: str) -> Json:
        return self.store.read(queries.publications_of, photo_id, answer=schemas.PhotoPublications)

    @rpc
    def list_published_photos(self, params: Json) -> Json:
        return self.store.list(
            queries.list_published,
            schemas.PublishedPhotoQuery,
            params,
            answer=schemas.PublishedPhoto,
        )

    @rpc
    def get_published_photo(self, photo_id: str) -> Json:
        return self.store.read(queries.published, photo_id, answer=schemas.PublishedPhoto)

    @rpc
    def get_published_image(self, photo_id: str) -> Json:
        return self.store.read(queries.image_of, photo_id, answer=schemas.PublishedImage)

    @rpc
    def list_photo_likenesses(self, params: Json) -> Json:
        return self.store.list(
            likeness_queries.list_likenesses,
            schemas.PhotoLikenessQuery,
            params,
            answer=schemas.PhotoLikeness,
        )

    @rpc
    def judge_photo_likeness(self, likeness_id: str, body: Json) -> Json:
        return self.store.execute(
            likenesses.judge,
            schemas.JudgeLikeness,
            body,
            id=likeness_id,
            answer=schemas.PhotoLikeness,
        )
