"""Candidate projects."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.work import get

from ..model.candidate import Candidate
from .years import of_year

Query = sa.Select[Any]


def get_candidate(session: Session, id_: str) -> Candidate:
    """One candidate."""
    return get(session, Candidate, id_)


def list_candidates(params: dict[str, Any]) -> Query:
    """Candidates by id."""
    return of_year(Candidate, params)
