"""Shortlists."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.work import get

from ..model.shortlist import Shortlist
from .years import of_year

Query = sa.Select[Any]


def get_shortlist(session: Session, id_: str) -> Shortlist:
    """One shortlist."""
    return get(session, Shortlist, id_)


def list_shortlists(params: dict[str, Any]) -> Query:
    """Shortlists by id."""
    return of_year(Shortlist, params)
