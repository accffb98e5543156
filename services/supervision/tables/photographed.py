"""How what has photos is mapped with them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import RelationshipProperty, foreign, relationship

from ..model.photo import Photo
from .photos import photos


def photos_of_each(table: sa.Table, subject_kind: str) -> RelationshipProperty[Any]:
    """The property ``photos`` of an entity, to be read only: ``attach`` writes them."""
    of = sa.and_(foreign(photos.c.subject_id) == table.c.id, photos.c.subject_kind == subject_kind)
    return relationship(
        Photo, primaryjoin=of, order_by=photos.c.position, viewonly=True, lazy="selectin"
    )
