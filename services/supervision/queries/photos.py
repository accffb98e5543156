"""Photos of what was recorded."""

from __future__ import annotations

from collections.abc import Callable, Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.work import get, not_found

from ..model.finding import CHECK_IN
from ..model.photo import BEFORE, Photo, PhotoPublication, PhotoRedaction
from ..tables.photos import photo_likenesses, photo_publications, photo_redactions, photos
from .reading import Json, Query, by_day


def photos_of(
    session: Session, subject_kind: str, subject_ids: Collection[str]
) -> dict[str, list[Photo]]:
    """The photos of some things of one kind, in order, by the things' ids."""
    c = photos.c
    query = sa.select(Photo).where(c.subject_kind == subject_kind, c.subject_id.in_(subject_ids))
    found: dict[str, list[Photo]] = {}
    for photo in session.scalars(query.order_by(c.subject_id, c.position)):
        found.setdefault(photo.subject_id, []).append(photo)
    return found


def taken_before(session: Session, sha256: str, after: Photo) -> list[Photo]:
    """Photos of this file that show how it was before, of the same thing or project; the last."""
    c = photos.c
    same = (c.subject_id == after.subject_id) & (c.subject_kind == after.subject_kind)
    if after.project_id is not None:
        same = same | (c.project_id == after.project_id)
    query = sa.select(Photo).where(c.sha256 == sha256, c.role == BEFORE, same)
    return list(session.scalars(query.order_by(c.recorded_at.desc(), c.id).limit(1)))


def list_photos(params: Json) -> Query:
    """Photos by day."""
    c = photos.c
    names = ("subject_kind", "subject_id", "project_id", "role")
    query = by_day(Photo, photos, params, *names)
    if "published" in params:
        public = c.published_on.is_not(None)
        query = query.where(public if params["published"] else sa.not_(public))
    if "alike" in params:
        alike = c.id.in_(sa.select(photo_likenesses.c.photo_id))
        query = query.where(alike if params["alike"] else sa.not_(alike))
    return query


def seen_by(office: bool) -> Callable[[Json], Query]:
    """The same; those of check-ins, which tell where a deputy was, for the office alone."""

    def query(params: Json) -> Query:
        found = list_photos(params)
        return found if office else found.where(photos.c.subject_kind != CHECK_IN)

    return query


def photo_for(session: Session, id_: str, office: bool) -> Photo:
    """One photo; NotFound for one of a check-in, but for the office."""
    photo = get(session, Photo, id_)
    if photo.subject_kind == CHECK_IN and not office:
        raise not_found(Photo)
    return photo


def list_published(params: Json) -> Query:
    """Photos that anybody may see."""
    query = by_day(Photo, photos, params, "project_id")
    return query.where(photos.c.published_on.is_not(None))


def published(session: Session, id_: str) -> Photo:
    """One that anybody may see; NotFound if it is none."""
    photo = get(session, Photo, id_)
    if photo.published_on is None:
        raise not_found(Photo)
    return photo


def image_of(session: Session, id_: str) -> dict[str, str | None]:
    """What is shown of it: the file, and the last redaction of that file."""
    photo = published(session, id_)
    redaction = last_redaction(session, photo.sha256)
    return {"sha256": photo.sha256, "made": redaction.made if redaction else None}


def last_redaction(session: Session, sha256: str) -> PhotoRedaction | None:
    """The last redaction of a file, which holds all before."""
    c = photo_redactions.c
    query = sa.select(PhotoRedaction).where(c.sha256 == sha256).order_by(c.number.desc())
    return session.scalars(query.limit(1)).first()


def redacted_so_far(session: Session, id_: str) -> tuple[str, PhotoRedaction | None]:
    """A photo's file, and the last redaction of it."""
    photo = get(session, Photo, id_)
    return photo.sha256, last_redaction(session, photo.sha256)


def redactions_of(session: Session, id_: str) -> dict[str, list[PhotoRedaction]]:
    """The redactions of a photo's file, in order."""
    c = photo_redactions.c
    query = sa.select(PhotoRedaction).where(c.sha256 == get(session, Photo, id_).sha256)
    return {"items": list(session.scalars(query.order_by(c.number)))}


def publications_of(session: Session, id_: str) -> dict[str, list[PhotoPublication]]:
    """The decisions about a photo, in order."""
    c = photo_publications.c
    query = sa.select(PhotoPublication).where(c.photo_id == get(session, Photo, id_).id)
    return {"items": list(session.scalars(query.order_by(c.recorded_at, c.id)))}
