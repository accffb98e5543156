"""Which files anything names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ..tables.acts import suggestion_versions
from ..tables.suggestions import suggestions

_BATCH = 1_000


def named_files(session: Session) -> set[str]:
    """The hashes of all files that a suggestion, a draft or an earlier version attaches."""
    return {one["sha256"] for attached in _attached(session) for one in attached or ()}


def _attached(session: Session) -> Iterator[list[dict[str, Any]] | None]:
    """Every list of attachments that is kept."""
    of = suggestions.c
    options = {"yield_per": _BATCH}
    now = sa.select(of.attachments, of.as_sorted).where(
        sa.or_(of.attachments.is_not(None), of.as_sorted.is_not(None))
    )
    for attachments, as_sorted in session.execute(now, execution_options=options):
        yield attachments
        yield (as_sorted or {}).get("attachments")
    before = sa.select(suggestion_versions.c.content)
    for content in session.scalars(before, execution_options=options):
        yield content.get("attachments")
