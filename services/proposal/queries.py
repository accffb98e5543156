"""Everything that only reads here."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.work import get

from .model.aspect import Aspect
from .model.candidate import Candidate
from .model.round import Round
from .model.shortlist import Shortlist
from .model.suggested_project import SuggestedProject
from .model.suggestion import Suggestion
from .model.unit import Unit
from .tables import aspects, suggestions, units

Query = sa.Select[Any]


def get_suggestion(session: Session, id_: str) -> Suggestion:
    """One suggestion."""
    return get(session, Suggestion, id_)


def get_suggested_project(session: Session, id_: str) -> SuggestedProject:
    """One suggested project."""
    return get(session, SuggestedProject, id_)


def get_candidate(session: Session, id_: str) -> Candidate:
    """One candidate."""
    return get(session, Candidate, id_)


def get_shortlist(session: Session, id_: str) -> Shortlist:
    """One shortlist."""
    return get(session, Shortlist, id_)


def get_unit(session: Session, id_: str) -> Unit:
    """One unit."""
    return get(session, Unit, id_)


def knows_aspect(session: Session, code: str) -> bool:
    """Whether an aspect of this code is on the list."""
    return session.connection().execute(_ASPECT, {"code": code}).first() is not None


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
_ASPECT = sa.select(aspects.c.id).where(aspects.c.code == sa.bindparam("code"))


def list_aspects(params: dict[str, Any]) -> Query:
    """All aspects, by code."""
    return sa.select(Aspect).order_by(aspects.c.code)


def list_units(params: dict[str, Any]) -> Query:
    """All units, by name."""
    return sa.select(Unit).order_by(units.c.name)


def list_rounds(params: dict[str, Any]) -> Query:
    """Rounds by id."""
    return _of_year(Round, params)


def list_suggested_projects(params: dict[str, Any]) -> Query:
    """Suggested projects by id."""
    return _of_year(SuggestedProject, params)


def list_candidates(params: dict[str, Any]) -> Query:
    """Candidates by id."""
    return _of_year(Candidate, params)


def list_shortlists(params: dict[str, Any]) -> Query:
    """Shortlists by id."""
    return _of_year(Shortlist, params)


def _of_year(cls: Any, params: dict[str, Any]) -> Query:
    query = sa.select(cls).order_by(cls.id)
    return query.where(cls.year == params["year"]) if "year" in params else query
