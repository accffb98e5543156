"""Counts of suggestions, each with its definition."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.commons.clock import now

from ..model.statistics import COUNTED, GROUPINGS, MATCHING, Share
from ..model.suggestion import ACCEPTED, DRAFT, WITHDRAWN
from ..tables.heard import deputies
from ..tables.register import rounds
from ..tables.suggestions import suggestions
from .transfers import aspect_names, channel_names

_OF = suggestions.c
_COUNTED = _OF.state.not_in((DRAFT, WITHDRAWN))
_YEAR, _MONTH = sa.extract("year", _OF.happened_on), sa.extract("month", _OF.happened_on)
_KEYS: dict[str, tuple[sa.ColumnElement[Any], ...]] = {
    "aspect": (_OF.aspect,),
    "channel": (_OF.channel,),
    "division": (_OF.division,),
    "round": (_OF.round_id,),
    "delegation": (deputies.c.delegation,),
    "author_kind": (_OF.author_kind,),
    "state": (_OF.state,),
    "month": (_YEAR, _MONTH),
}


def count_suggestions(session: Session, params: dict[str, Any]) -> dict[str, Any]:
    """How many suggestions of a year there are, by one of :data:`GROUPINGS`."""
    by, year = params["by"], params["year"]
    keys = _KEYS[by]
    query = sa.select(*keys, sa.func.count()).where(_COUNTED, _OF.year == year).group_by(*keys)
    if by == "delegation":
        query = query.select_from(
            suggestions.outerjoin(deputies, deputies.c.id == _OF.deputy_id)
        ).where(_OF.author_kind == "deputy")
    groups = [(_key(by, row), int(row[-1])) for row in session.execute(query)]
    total = sum(number for _, number in groups)
    names = _names(session, by, params["today"])
    return {
        "year": year,
        "by": by,
        "as_of": now(),
        "total": total,
        "definition": dataclasses.asdict(GROUPINGS[by]),
        "denominator": dataclasses.asdict(COUNTED),
        "groups": [
            {
                "key": key,
                "name": names.get(key) if key else None,
                "count": number,
                "fraction": Share(number, total).fraction,
            }
            # The largest first, then by key; what has none last.
            for key, number in sorted(
                groups, key=lambda one: (one[0] is None, *_rank(by, one), one[0] or "")
            )
        ],
    }


def _rank(by: str, group: tuple[str | None, int]) -> tuple[int, ...]:
    return () if by == "month" else (-group[1],)


def _key(by: str, row: Any) -> str | None:
    if by == "month":
        return f"{int(row[0]):04d}-{int(row[1]):02d}"
    return None if row[0] is None else str(row[0])


def _names(session: Session, by: str, today: dt.date) -> dict[str | None, str]:
    if by == "aspect":
        return {code: name for name, code in aspect_names(session).items()}
    if by == "channel":
        return {code: name for name, code in channel_names(session, today).items()}
    if by == "round":
        return {row.id: row.name for row in session.execute(sa.select(rounds.c.id, rounds.c.name))}
    return {}


def count_matching(session: Session, params: dict[str, Any]) -> dict[str, Any]:
    """How many suggestions match what was voted, with every denominator by its name."""
    accepted = _OF.state == ACCEPTED
    judged = sa.and_(accepted, _OF.matched_on.is_not(None))
    matching = sa.and_(judged, _OF.matched_sub_item.is_not(None))
    columns = (
        sa.func.count().label("submitted"),
        *(
            sa.func.count(sa.case((condition, 1))).label(name)
            for name, condition in (
                ("accepted", accepted),
                ("judged", judged),
                ("matching", matching),
            )
        ),
    )
    query = sa.select(*columns).where(_COUNTED, _OF.year == params["year"])
    if "author_kind" in params:
        query = query.where(_OF.author_kind == params["author_kind"])
    found = dict(session.execute(query).one()._mapping)
    found["not_matching"] = found["judged"] - found["matching"]
    found["not_judged"] = found["accepted"] - found["judged"]
    return {
        "year": params["year"],
        "author_kind": params.get("author_kind"),
        "as_of": now(),
        "figures": [
            {"name": name, "count": found[name], "definition": dataclasses.asdict(definition)}
            for name, definition in MATCHING.items()
        ],
        "shares": [
            {"denominator": name, **Share(found["matching"], found[name]).to_data()}
            for name in ("judged", "accepted", "submitted")
        ],
    }
