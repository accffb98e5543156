"""The reserve pool, and the present demand for what waits in it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.paging import containing, ordered
from services.chassis.work import get

from ..model import demand
from ..model.pool_entry import IN_POOL, PoolEntry
from ..model.suggestion import ACCEPTED
from ..tables.pool import pool_entries, pool_suggestions
from ..tables.suggestions import suggestions
from .rules import in_force
from .years import between

Query = sa.Select[Any]


def get_entry(session: Session, id_: str) -> PoolEntry:
    """One entry."""
    return get(session, PoolEntry, id_)


def list_entries(params: dict[str, Any]) -> Query:
    """Entries, by the day they were added without another order."""
    c, query = pool_entries.c, sa.select(PoolEntry)
    for name in ("aspect", "state"):
        if name in params:
            query = query.where(c[name] == params[name])
    query = between(query, params, c.added_on)
    query = containing(query, params.get("q", ""), c.title, c.text)
    return ordered(query, params, _SORTED, c.id, default="added_on")


_SORTED = {name: pool_entries.c[name] for name in ("added_on", "recorded_at", "title", "id")}


def entry_rows(params: dict[str, Any]) -> Query:
    """The same as rows of a sheet, each with the number of suggestions behind it."""
    c = pool_entries.c
    behind = sa.select(sa.func.count()).where(pool_suggestions.c.entry_id == c.id).scalar_subquery()
    return list_entries(params).with_only_columns(*c, behind.label("suggestions"))


def get_reserve_pool(session: Session, params: dict[str, Any]) -> dict[str, Any]:
    """What waits in the pool by present demand, most wanted first, each with why.

    As many statements for many entries and suggestions as for one.
    """
    day = params.get("on") or params["today"]
    rule = in_force(session, "demand", day)
    waiting = _waiting(params, day)
    total = session.execute(sa.select(sa.func.count()).where(*waiting)).scalar_one()
    query = _by_demand(day, rule.content).where(*waiting)
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


def _waiting(params: dict[str, Any], day: dt.date) -> list[sa.ColumnElement[bool]]:
    found = [pool_entries.c.state == IN_POOL, pool_entries.c.added_on <= day]
    return [*found, pool_entries.c.aspect == params["aspect"]] if "aspect" in params else found


def _by_demand(day: dt.date, content: dict[str, Any]) -> Query:
    """Entries with their counts and score; ties go to whoever has waited longer."""
    # What counts is said in the sums, not in the join: that goes by the primary key alone, which no
    # database mistakes for a join of few rows before it has statistics of a table just filled.
    counts = sa.and_(suggestions.c.state == ACCEPTED, suggestions.c.happened_on <= day)
    recent = sa.and_(counts, suggestions.c.happened_on > demand.since(day, content["months"]))
    of = pool_entries.outerjoin(pool_suggestions).outerjoin(
        suggestions, suggestions.c.id == pool_suggestions.c.suggestion_id
    )
    parts = {
        "supporters": _sum(counts, suggestions.c.supporters),
        "recent": _sum(recent, 1),
        "places": sa.func.count(sa.case((counts, suggestions.c.division)).distinct()),
        "cosigners": _sum(counts, suggestions.c.cosigners),
    }
    score = sum((parts[name] * content["weights"][name] for name in parts), sa.literal(0))
    return (
        sa.select(
            *(pool_entries.c[n] for n in ("id", "title", "aspect", "added_on", "candidate_ids")),
            _sum(counts, 1).label("suggestions"),
            *(part.label(name) for name, part in parts.items()),
            score.label("score"),
        )
        .select_from(of)
        .group_by(pool_entries.c.id)
        .order_by(score.desc(), pool_entries.c.added_on, pool_entries.c.id)
    )


def _sum(condition: Any, value: Any) -> sa.ColumnElement[int]:
    return sa.func.sum(sa.case((condition, value), else_=0))


def _item(rank: int, row: Any, content: dict[str, Any]) -> dict[str, Any]:
    counts = {name: int(row[name]) for name, _, _ in demand.PARTS}
    return {
        "rank": rank,
        "score": int(row["score"]),
        "suggestions": int(row["suggestions"]),
        "reasons": demand.reasons(counts, content),
        **{name: row[name] for name in ("id", "title", "aspect", "added_on", "candidate_ids")},
    }
