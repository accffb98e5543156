"""Suggestions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.paging import containing, ordered
from services.chassis.work import get
from services.commons.clock import civil_day, now

from ..model.suggestion import ACCEPTED, Suggestion
from ..tables.heard import deputies
from ..tables.suggestions import suggestions
from .years import between

Query = sa.Select[Any]


def get_suggestion(session: Session, id_: str) -> Suggestion:
    """One suggestion."""
    return get(session, Suggestion, id_)


def list_suggestions(params: dict[str, Any]) -> Query:
    """Suggestions in the order that is asked for, by day without one."""
    query = narrowed(sa.select(Suggestion), params)
    return ordered(query, params, SORTED, suggestions.c.id, default="happened_on")


def narrowed(query: Query, params: Mapping[str, Any]) -> Query:
    """A query of suggestions with the filters of ``SuggestionFilter``."""
    of = suggestions.c
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
        late = sa.and_(of.answer_due_on < civil_day(now()), of.answered_on.is_(None))
        query = query.where(late if params["overdue"] else sa.not_(sa.func.coalesce(late, False)))
    return containing(query, params.get("q", ""), of.title, of.text)


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
