"""Suggestions."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.work import get, is_id, not_found

from ..model.asker import Asker
from ..model.suggestion import ACCEPTED, DRAFT, WITHDRAWN, Suggestion
from ..tables.suggestions import suggestions

Query = sa.Select[Any]


def get_suggestion(session: Session, id_: str, asker: Asker) -> Suggestion:
    """One suggestion; NotFound also for who may not see it."""
    return seen(get(session, Suggestion, id_), asker)


def seen(suggestion: Suggestion, asker: Asker) -> Suggestion:
    """The suggestion, if she may see it; NotFound, since she may not know that there is one."""
    if not suggestion.is_seen_by(asker):
        raise not_found(Suggestion)
    return suggestion


def list_suggestions(params: dict[str, Any]) -> Query:
    """Suggestions by day; ``q`` is looked for in title and text, in capitals or not."""
    query = sa.select(Suggestion).order_by(suggestions.c.happened_on, suggestions.c.id)
    query = query.where(suggestions.c.state != DRAFT)
    if "state" not in params:
        query = query.where(suggestions.c.state != WITHDRAWN)
    for name in ("aspect", "year", "author_kind", "state"):
        if name in params:
            query = query.where(suggestions.c[name] == params[name])
    return _searched(query, params)


def list_own(params: dict[str, Any], asker: Asker) -> Query:
    """What she made herself, drafts too, and the drafts that she entered on somebody's behalf."""
    own = [
        suggestions.c.author == asker.author,
        sa.and_(suggestions.c.entered_by == asker.subject, suggestions.c.state == DRAFT),
    ]
    if asker.has("deputy") and is_id(asker.subject):
        hers = suggestions.c.deputy_id == asker.subject
        own.append(sa.and_(hers, suggestions.c.state != DRAFT))
    query = sa.select(Suggestion).where(sa.or_(*own))
    for name in ("year", "state"):
        if name in params:
            query = query.where(suggestions.c[name] == params[name])
    return query.order_by(suggestions.c.happened_on, suggestions.c.id)


def get_published(session: Session, id_: str) -> Suggestion:
    """One that anybody may see; NotFound otherwise."""
    suggestion = get(session, Suggestion, id_)
    if suggestion.state != ACCEPTED:
        raise not_found(Suggestion)
    return suggestion


def list_published(params: dict[str, Any]) -> Query:
    """The accepted suggestions, by day or by support.

    A search does not look into one with a correction that waits for the sorter: what it would look
    at is not what is shown.
    """
    columns = suggestions.c
    first = 0 - columns.supporters if params["sort"] == "supporters" else columns.happened_on
    query = sa.select(Suggestion).where(columns.state == ACCEPTED).order_by(first, columns.id)
    for name in ("year", "aspect", "division"):
        if name in params:
            query = query.where(columns[name] == params[name])
    if "q" in params:
        query = query.where(columns.as_sorted.is_(None))
    return _searched(query, params)


def _searched(query: Query, params: dict[str, Any]) -> Query:
    if "q" not in params:
        return query
    found = [
        column.icontains(params["q"], autoescape=True)
        for column in (suggestions.c.title, suggestions.c.text)
    ]
    return query.where(sa.or_(*found))
