"""Photos of what was recorded."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ..model.photo import BEFORE, Photo
from ..tables.photos import photos


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
