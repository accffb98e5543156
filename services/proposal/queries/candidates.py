"""Candidate projects, their versions, and the opinions on them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.paging import containing, ordered
from services.chassis.work import get
from services.commons.errors import Invalid

from ..model.candidate import Candidate
from ..model.candidate_version import CandidateVersion, history
from ..tables.candidates import candidate_versions, candidates
from .years import between, of_year_unordered

Query = sa.Select[Any]


def get_candidate(session: Session, id_: str) -> Candidate:
    """One candidate."""
    return get(session, Candidate, id_)


def list_candidates(params: dict[str, Any]) -> Query:
    """Candidates, by id without another order."""
    query = of_year_unordered(Candidate, params)
    for name in ("aspect", "lead_unit_id", "state"):
        if name in params:
            query = query.where(candidates.c[name] == params[name])
    query = between(query, params, candidates.c.happened_on)
    query = containing(query, params.get("q", ""), candidates.c.name, candidates.c.description)
    return ordered(query, params, _SORTED, candidates.c.id, default="id")


_SORTED = {
    name: candidates.c[name]
    for name in ("happened_on", "recorded_at", "name", "due_on", "total_yuan", "id")
}


def list_versions(session: Session, id_: str) -> dict[str, Any]:
    """Every version of a candidate with what it changed."""
    candidate = get(session, Candidate, id_)
    query = (
        sa.select(CandidateVersion)
        .where(candidate_versions.c.candidate_id == id_)
        .order_by(candidate_versions.c.number)
    )
    former = session.scalars(query).all()
    versions = history(former, candidate.plan, candidate.happened_on)
    return {"candidate_id": id_, "versions": versions}


def list_opinions(session: Session, params: dict[str, Any]) -> dict[str, Any]:
    """One page of the opinions on a year's candidates, by candidate and then as they came."""
    rows = session.execute(deliberated(params))
    found = [one for row in rows for one in opinions_of(row, params)]
    first, limit = _place(params.get("cursor", "0")), params["limit"]
    after = first + limit
    return {"items": found[first:after], "next": str(after) if after < len(found) else None}


def deliberated(params: dict[str, Any]) -> Query:
    """The candidates of a year with the opinions on them."""
    columns = candidates.c.id, candidates.c.name, candidates.c.lead_unit_id, candidates.c.opinions
    query = sa.select(*columns).where(candidates.c.year == params["year"]).order_by(columns[0])
    if "lead_unit_id" in params:
        query = query.where(candidates.c.lead_unit_id == params["lead_unit_id"])
    return query


def opinions_of(row: Any, params: dict[str, Any]) -> list[dict[str, Any]]:
    """Those of the opinions in such a row that are asked for, each with its candidate."""
    about = {"candidate_id": row.id, "candidate": row.name, "lead_unit_id": row.lead_unit_id}
    return [one | about for one in row.opinions if _asked_for(one, params)]


def _asked_for(opinion: dict[str, Any], params: dict[str, Any]) -> bool:
    answered = opinion.get("answer") is not None
    if answered != params.get("answered", answered):
        return False
    return all(opinion.get(n) == params[n] for n in ("criterion", "phase") if n in params)


def _place(cursor: str) -> int:
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) <= 9):
        raise Invalid(
            "cursor-invalid",
            "the cursor is not one that this list gave; start again without it",
            "游标无效,请去掉后重新开始",
        )
    return int(cursor)
