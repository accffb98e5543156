"""Photos that look alike."""

from __future__ import annotations

from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ..model.likeness import PhotoLikeness, bands
from ..model.photo import Photo
from ..tables.photos import photo_bands, photo_likenesses, photos
from .reading import Json, Query


class Near(NamedTuple):
    """A photo that may look like another."""

    id: str
    dhash: str


def near(session: Session, photo: Photo) -> list[Near]:
    """Photos of other things that may look like it."""
    in_common = sa.select(photo_bands.c.photo_id).where(
        photo_bands.c.band.in_(list(bands(photo.dhash)))
    )
    c = photos.c
    query = sa.select(c.id, c.dhash).where(
        c.id.in_(in_common),
        sa.or_(c.subject_id != photo.subject_id, c.subject_kind != photo.subject_kind),
    )
    return [Near(*row) for row in session.execute(query)]


def list_likenesses(params: Json) -> Query:
    """Those noticed, the first noticed first, perhaps of one photo, judged or not."""
    c = photo_likenesses.c
    query = sa.select(PhotoLikeness).order_by(c.recorded_at, c.id)
    if "photo_id" in params:
        one = params["photo_id"]
        query = query.where(sa.or_(c.photo_id == one, c.earlier_id == one))
    if "judged" in params:
        judged = c.judgement.is_not(None)
        query = query.where(judged if params["judged"] else sa.not_(judged))
    return query
