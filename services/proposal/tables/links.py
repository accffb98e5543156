"""Which suggested projects a candidate came from, kept beside its own column."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from .candidates import candidate_suggested_projects as links


def relink(session: Session, candidate_id: str, project_ids: Sequence[str]) -> None:
    """Let the links be these, after the candidate was proposed or changed."""
    session.execute(sa.delete(links).where(links.c.candidate_id == candidate_id))
    if project_ids:
        rows = [{"candidate_id": candidate_id, "project_id": one} for one in project_ids]
        session.execute(sa.insert(links), rows)
