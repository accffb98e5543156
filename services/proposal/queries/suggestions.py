"""Suggestions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.paging import containing, ordered
from services.chassis.work import get, is_id, not_found

from ..model.asker import Asker
from ..model.suggestion import ACCEPTED, DRAFT, WITHDRAWN, Suggestion
from ..tables.heard import deputies
from ..tables.suggestions import suggestions
from .deadlines import suggestion_is_overdue
from .years import between

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
    """Suggestions in the order that is asked for, by day without one."""
    query = narrowed(sa.select(Suggestion), params)
    return ordered(query, params, SORTED, suggestions.c.id, default="happened_on")


def narrowed(query: Query, params: Mapping[str, Any]) -> Query:
    """A query of suggestions with the filters of ``SuggestionFilter``; drafts are in no list."""
    of = suggestions.c
    query = query.where(of.state != DRAFT)
    if "state" not in params:
        query = query.where(of.state != WITHDRAWN)
    for name, column in _EQUAL.items():
        if name in params:
            query = query.where(column == params[name])
    if "division" in params:
        query = query.where(of.division.startswith(params["division"]))
    query = between(query, params, of.happened_on)
    if "delegation" in params:
        members = sa.select(deputies.c.id).where(deputies.c.delegation == params["delegation"])
        query = query.where(of.deputy_id.in_(members))
    if "matched" in params:
        query = query.where(_MATCHED[params["matched"]])
    if "overdue" in params:
        late = suggestion_is_overdue(params["today"])
        query = query.where(late if params["overdue"] else sa.not_(late))
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

    Filters look at what is shown, also of one with a correction that waits for the sorter.  (The
    aspect that is shown is the sorter's, which no correction changes.)  A search looks at the
    newest :data:`SEARCHED` of them that fit the rest: whoever asks needs no token, so it must cost
    little even where nothing is found.
    """
    of = suggestions.c
    conditions = [_PUBLISHED, *(of[n] == params[n] for n in _NARROWED if n in params)]
    if "division" in params:
        conditions.append(_published("division") == params["division"])
    if "q" not in params:
        query = sa.select(Suggestion).where(*conditions)
    else:
        # What they say comes along, or PostgreSQL would look into all before it joins them.
        shown = [_published(name).label(name) for name in ("title", "text")]
        newest = sa.select(of.id, *shown).where(*conditions)
        newest = newest.order_by(of.happened_on.desc(), of.id.desc()).limit(SEARCHED)
        looked_at = newest.subquery()
        said = looked_at.c
        query = sa.select(Suggestion).join(looked_at, said.id == of.id)
        query = containing(query, params["q"], said.title, said.text)
    if params["sort"] == "supporters":
        return query.order_by(of.supporters.desc(), of.id.desc())
    return query.order_by(of.happened_on, of.id)


def _published(name: str) -> sa.ColumnElement[str]:
    """A text as :attr:`Suggestion.published` has it."""
    as_sorted = sa.type_coerce(suggestions.c.as_sorted, sa.JSON())
    return sa.case(
        (suggestions.c.as_sorted.is_(None), suggestions.c[name]),
        else_=as_sorted[name].as_string(),
    )


def _searched(query: Query, params: Mapping[str, Any]) -> Query:
    return containing(query, params.get("q", ""), suggestions.c.title, suggestions.c.text)


#: How many suggestions a public search looks at.
SEARCHED = 5_000
_NARROWED = ("year", "aspect")
# A literal, so that the partial indexes of what is published serve on SQLite too.
_PUBLISHED = suggestions.c.state == sa.literal(ACCEPTED, literal_execute=True)
#: What suggestions may be sorted by: no column that may be NULL.
SORTED = {
    name: suggestions.c[name]
    for name in ("happened_on", "recorded_at", "supporters", "title", "id")
}
_EQUAL = {
    name: suggestions.c[name] for name in ("aspect", "channel", "year", "author_kind", "state")
} | {name: suggestions.c[f"{name}_id"] for name in ("round", "activity", "deputy")}
_JUDGED = suggestions.c.matched_on.is_not(None)
_MATCHED = {
    "yes": suggestions.c.matched_sub_item.is_not(None),
    "no": sa.and_(_JUDGED, suggestions.c.matched_sub_item.is_(None)),
    "open": sa.and_(suggestions.c.state == ACCEPTED, sa.not_(_JUDGED)),
}
