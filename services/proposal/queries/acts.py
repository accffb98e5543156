"""What was done with a suggestion: sortings, earlier versions, signatures, comments."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ..model.acts import Comment, Cosignature, Sorting, SuggestionVersion, differences
from ..model.asker import Asker
from ..tables.acts import comments, cosignatures, sortings, suggestion_versions
from .suggestions import get_suggestion

Query = sa.Select[Any]


def list_sortings(session: Session, suggestion_id: str, asker: Asker) -> dict[str, Any]:
    """The acts of sorting of one suggestion, oldest first; NotFound unless she may see it."""
    get_suggestion(session, suggestion_id, asker)
    query = sa.select(Sorting).where(sortings.c.suggestion_id == suggestion_id)
    return {"items": list(session.scalars(query.order_by(sortings.c.recorded_at, sortings.c.id)))}


def list_versions(session: Session, suggestion_id: str, asker: Asker) -> dict[str, Any]:
    """What it said before each correction, with what that changed; NotFound as above."""
    suggestion = get_suggestion(session, suggestion_id, asker)
    query = sa.select(SuggestionVersion).order_by(suggestion_versions.c.number)
    query = query.where(suggestion_versions.c.suggestion_id == suggestion_id)
    found = list(session.scalars(query))
    later = [*(one.content for one in found), suggestion.content][1:]
    return {
        "items": [
            {
                "number": one.number,
                "content": one.content,
                "by": one.by,
                "corrected_on": one.corrected_on,
                "differences": differences(one.content, after),
            }
            for one, after in zip(found, later, strict=True)
        ]
    }


def count_versions(session: Session, suggestion_id: str) -> int:
    """How many earlier versions of a suggestion there are."""
    query = sa.select(sa.func.count()).where(suggestion_versions.c.suggestion_id == suggestion_id)
    return session.connection().execute(query).scalar_one()


def list_cosignatures(suggestion_id: str) -> Query:
    """The signatures under one suggestion."""
    query = sa.select(Cosignature).where(cosignatures.c.suggestion_id == suggestion_id)
    return query.order_by(cosignatures.c.happened_on, cosignatures.c.id)


def has_cosigned(session: Session, suggestion_id: str, deputy_id: str) -> bool:
    """Whether a deputy has signed already."""
    query = sa.select(cosignatures.c.id).where(
        cosignatures.c.suggestion_id == suggestion_id, cosignatures.c.deputy_id == deputy_id
    )
    return session.connection().execute(query).first() is not None


def list_comments(suggestion_id: str) -> Query:
    """The comments on one suggestion."""
    query = sa.select(Comment).where(comments.c.suggestion_id == suggestion_id)
    return query.order_by(comments.c.happened_on, comments.c.id)
