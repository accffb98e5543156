"""Similar suggestions: who may see which, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis import database
from services.commons.errors import NotFound
from services.commons.location import located

from ..model.suggestion import ACCEPTED, STATES
from ..similarity.ranking import Asked
from ..similarity.search import Hit, Index, snapshot
from ..tables.findable import HIDDEN
from ..tables.suggestions import suggestions
from .rules import in_force

#: Which suggestions those see who may read any, and which all others: not what an author changed
#: after the sorting, until that has been sorted too.
SHOWN = suggestions.c.state.in_([state for state in STATES if state not in HIDDEN])
PUBLISHED = sa.and_(suggestions.c.state == ACCEPTED, suggestions.c.as_sorted.is_(None))
#: Who may read suggestions anyway; all others see accepted ones, and nothing but what is public.
READERS = frozenset({"deputy", "unit", "clerk", "secretariat", "government", "auditor"})


def to_stored(
    session: Session, index: Index, suggestion_id: str, asked: dict[str, Any]
) -> dict[str, Any]:
    """Those similar to a stored suggestion; NotFound if there is none that may be shown."""
    snapshot(session)
    query = sa.select(suggestions).where(suggestions.c.id == suggestion_id, SHOWN)
    row = session.connection().execute(query).one_or_none()
    if row is None:
        raise NotFound("not-found", "there is no such Suggestion", "未找到所指的内容")
    hits = index.similar(
        session,
        row,
        synonyms(session, asked["today"]),
        SHOWN,
        asked["limit"],
        without=suggestion_id,
    )
    return _shown(hits)


def to_draft(
    session: Session, index: Index, draft: dict[str, Any], roles: Collection[str]
) -> dict[str, Any]:
    """Those similar to a draft.

    Who may not read suggestions sees published ones only, and only such shared words as stand in
    the title; of her own place nothing counts but the division.  So by asking again and again with
    other points nobody learns where exactly somebody's is.
    """
    snapshot(session)
    exact = bool(READERS.intersection(roles))
    place = located(draft["place"])
    point = (place["longitude"], place["latitude"]) if exact else (None, None)
    hits = index.similar(
        session,
        Asked(draft["title"], draft["text"], draft["aspect"], place["division"], *point),
        synonyms(session, draft["today"]),
        SHOWN if exact else PUBLISHED,
        draft["limit"],
        titles_only=not exact,
    )
    return _shown(hits)


def synonyms(session: Session, day: dt.date) -> Callable[[], Sequence[Sequence[str]]]:
    """Gives the synonyms in force on a day."""

    def groups() -> Sequence[Sequence[str]]:
        content: Sequence[Sequence[str]] = in_force(session, "synonyms", day).content
        return content

    return groups


def synonyms_in_force(engine: sa.Engine, day: dt.date) -> Sequence[Sequence[str]]:
    """The same, for a command of its own."""
    return database.in_transaction(engine, lambda session: synonyms(session, day)(), reading=True)


def _shown(hits: list[Hit]) -> dict[str, Any]:
    return {"items": [_item(hit) for hit in hits]}


def _item(hit: Hit) -> dict[str, Any]:
    named = ("id", "title", "year", "state", "aspect", "division")
    reasons = {
        "words": hit.words,
        "aspect": hit.aspect,
        "same_division": hit.same_division,
        "distance_km": hit.distance_km,
        "copy": hit.copy,
    }
    values = {name: getattr(hit.row, name) for name in named}
    return values | {"score": hit.score, "reasons": reasons}
