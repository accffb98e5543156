"""Candidate projects."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.paging import containing, ordered
from services.chassis.work import get

from ..model.candidate import Candidate
from ..tables.candidates import candidates
from .years import between, of_year_unordered

Query = sa.Select[Any]


def get_candidate(session: Session, id_: str) -> Candidate:
    """One candidate."""
    return get(session, Candidate, id_)


def list_candidates(params: dict[str, Any]) -> Query:
    """Candidates, by id without another order."""
    query = of_year_unordered(Candidate, params)
    for name, column in (("aspect", candidates.c.aspect), ("unit", candidates.c.lead_unit_id)):
        if name in params:
            query = query.where(column == params[name])
    query = between(query, params, candidates.c.happened_on)
    query = containing(query, params.get("q", ""), candidates.c.name, candidates.c.description)
    return ordered(query, params, _SORTED, candidates.c.id, default="id")


_SORTED = {
    name: candidates.c[name]
    for name in ("happened_on", "recorded_at", "name", "due_on", "total_yuan", "id")
}
