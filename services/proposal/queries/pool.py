"""The reserve pool, and the present demand for what waits in it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.work import get
from services.commons.clock import civil_day, now

from ..model import demand
from ..model.pool_entry import IN_POOL, PoolEntry
from ..model.suggestion import ACCEPTED
from ..tables.pool import pool_entries, pool_suggestions
from ..tables.suggestions import suggestions
from .rules import in_force

Query = sa.Select[Any]


def get_entry(session: Session, id_: str) -> PoolEntry:
    """One entry."""
    return get(session, PoolEntry, id_)


def list_entries(params: dict[str, Any]) -> Query:
    """Entries by the day they were added."""
    query = sa.select(PoolEntry).order_by(pool_entries.c.added_on, pool_entries.c.id)
    for name in ("aspect", "state"):
        if name in params:
            query = query.where(pool_entries.c[name] == params[name])
    return query


def get_reserve_pool(session: Session, params: dict[str, Any]) -> dict[str, Any]:
    """What waits in the pool by present demand, most wanted first, each with why.

    Two statements, however many entries and suggestions there are.
    """
    day = params.get("on") or civil_day(now())
    rule = in_force(session, "demand", day)
    waiting = _waiting(params, day)
    total = session.execute(sa.select(sa.func.count()).select_from(waiting.subquery())).scalar_one()
    query = _by_demand(waiting, day, rule.content)
    rows = session.execute(query.limit(params["limit"]).offset(params["after"])).mappings()
    items = [_item(rank, row, rule.content) for rank, row in enumerate(rows, params["after"] + 1)]
    last = params["after"] + len(items)
    return {
        "on": day,
        "rule": {"id": rule.id or None, "digest": rule.digest},
        "note_zh": demand.NOTE_ZH,
        "note_en": demand.NOTE_EN,
        "total": total,
        "items": items,
        "next": last if items and last < total else None,
    }


def _waiting(params: dict[str, Any], day: dt.date) -> Query:
    query = sa.select(pool_entries.c.id).where(
        pool_entries.c.state == IN_POOL, pool_entries.c.added_on <= day
    )
    return query.where(pool_entries.c.aspect == params["aspect"]) if "aspect" in params else query


def _by_demand(waiting: Query, day: dt.date, content: dict[str, Any]) -> Query:
    """Entries with their counts and score; ties go to whoever has waited longer."""
    recent = suggestions.c.happened_on > demand.since(day, content["months"])
    counted = sa.and_(
        suggestions.c.id == pool_suggestions.c.suggestion_id,
        suggestions.c.state == ACCEPTED,
        suggestions.c.happened_on <= day,
    )
    total = sa.func.coalesce
    counts = (
        sa.select(
            pool_suggestions.c.entry_id,
            sa.func.count(suggestions.c.id).label("suggestions"),
            total(sa.func.sum(suggestions.c.supporters), 0).label("supporters"),
            total(sa.func.sum(sa.case((recent, 1), else_=0)), 0).label("recent"),
            sa.func.count(suggestions.c.division.distinct()).label("places"),
            total(sa.func.sum(suggestions.c.cosigners), 0).label("cosigners"),
        )
        .join(suggestions, counted)
        .where(pool_suggestions.c.entry_id.in_(waiting))
        .group_by(pool_suggestions.c.entry_id)
        .subquery()
    )
    parts = {name: total(counts.c[name], 0) for name, _, _ in demand.PARTS}
    score = sum((parts[name] * content["weights"][name] for name in parts), sa.literal(0))
    columns = [pool_entries.c[n] for n in ("id", "title", "aspect", "added_on", "candidate_ids")]
    return (
        sa.select(
            *columns,
            total(counts.c.suggestions, 0).label("suggestions"),
            *(part.label(name) for name, part in parts.items()),
            score.label("score"),
        )
        .outerjoin(counts, counts.c.entry_id == pool_entries.c.id)
        .where(pool_entries.c.id.in_(waiting))
        .order_by(score.desc(), pool_entries.c.added_on, pool_entries.c.id)
    )


def _item(rank: int, row: Any, content: dict[str, Any]) -> dict[str, Any]:
    counts = {name: int(row[name]) for name, _, _ in demand.PARTS}
    return {
        "rank": rank,
        "score": int(row["score"]),
        "suggestions": int(row["suggestions"]),
        "reasons": demand.reasons(counts, content),
        **{name: row[name] for name in ("id", "title", "aspect", "added_on", "candidate_ids")},
    }
