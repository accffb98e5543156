"""Similar suggestions: who may see which, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis import database
from services.commons.errors import NotFound

from ..model.location import located
from ..model.suggestion import ACCEPTED, STATES
from ..similarity.search import Asked, Hit, Index, snapshot
from ..tables.findable import HIDDEN
from ..tables.suggestions import suggestions
from .rules import in_force

SHOWN = tuple(state for state in STATES if state not in HIDDEN)
#: Who may read suggestions anyway; all others see accepted ones, and nothing but what is public.
READERS = frozenset({"deputy", "unit", "clerk", "secretariat", "government", "auditor"})


def to_stored(
    session: Session, index: Index, suggestion_id: str, asked: dict[str, Any]
) -> dict[str, Any]:
    """Those similar to a stored suggestion; NotFound if there is none that may be shown."""
    snapshot(session)
    query = sa.select(suggestions).where(
        suggestions.c.id == suggestion_id, suggestions.c.state.in_(SHOWN)
    )
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
    return _shown(hits, exact=True)


def to_draft(
    session: Session, index: Index, draft: dict[str, Any], roles: Collection[str]
) -> dict[str, Any]:
    """Those similar to a draft.

    Who may not read suggestions sees accepted ones only, without the distance, and only such shared
    words as stand in the title: by asking again and again with other words or points nobody learns
    what somebody wrote, or where.
    """
    snapshot(session)
    exact = bool(READERS.intersection(roles))
    place = located(draft["place"])
    point = place["division"], place["longitude"], place["latitude"]
    hits = index.similar(
        session,
        Asked(draft["title"], draft["text"], draft["aspect"], *point),
        synonyms(session, draft["today"]),
        SHOWN if exact else (ACCEPTED,),
        draft["limit"],
        titles_only=not exact,
    )
    return _shown(hits, exact=exact)


def synonyms(session: Session, day: dt.date) -> Callable[[], Sequence[Sequence[str]]]:
    """Gives the synonyms in force on a day."""

    def groups() -> Sequence[Sequence[str]]:
        content: Sequence[Sequence[str]] = in_force(session, "synonyms", day).content
        return content

    return groups


def synonyms_in_force(engine: sa.Engine, day: dt.date) -> Sequence[Sequence[str]]:
    """The same, for a command of its own."""
    return database.in_transaction(engine, lambda session: synonyms(session, day)(), reading=True)


def _shown(hits: list[Hit], *, exact: bool) -> dict[str, Any]:
    return {"items": [_item(hit, exact) for hit in hits]}


def _item(hit: Hit, exact: bool) -> dict[str, Any]:
    named = ("id", "title", "year", "state", "aspect", "division")
    reasons = {
        "words": hit.words,
        "aspect": hit.aspect,
        "same_division": hit.same_division,
        "distance_km": hit.distance_km if exact else None,
        "copy": hit.copy,
    }
    values = {name: getattr(hit.row, name) for name in named}
    return values | {"score": hit.score, "reasons": reasons}
