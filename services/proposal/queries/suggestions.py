"""Suggestions."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.work import get

from ..model.suggestion import Suggestion
from ..tables.suggestions import suggestions

Query = sa.Select[Any]


def get_suggestion(session: Session, id_: str) -> Suggestion:
    """One suggestion."""
    return get(session, Suggestion, id_)


def list_suggestions(params: dict[str, Any]) -> Query:
    """Suggestions by day; ``q`` is looked for in title and text, in capitals or not."""
    query = sa.select(Suggestion).order_by(suggestions.c.happened_on, suggestions.c.id)
    for name in ("aspect", "year", "author_kind", "state"):
        if name in params:
            query = query.where(suggestions.c[name] == params[name])
    if "q" in params:
        found = [c.icontains(params["q"], autoescape=True) for c in _searched]
        query = query.where(sa.or_(*found))
    return query


_searched = (suggestions.c.title, suggestions.c.text)
