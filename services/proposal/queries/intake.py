"""What a suggestion is held against when it comes in, in one statement."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ..model.round import CONCENTRATED, Round
from ..model.rule import Rule
from ..model.voted import VotedSubItem
from ..rules import shipped
from ..tables.heard import deputies, voted_sub_items
from ..tables.register import aspects, rounds, rules


@dataclass(frozen=True)
class Standing:
    """How things stood on a day: was the aspect in use, which channels, which round, what deputy.

    ``round_id``: the concentrated round that is open, else the standing one; none where none is.
    """

    aspect: bool
    channels: list[dict[str, Any]]
    round_id: str | None
    deputy: bool


def standing(
    session: Session, *, day: dt.date, aspect: str, year: int, deputy_id: str | None
) -> Standing:
    """How things stood on a day, for a suggestion of a year under an aspect."""
    given = {"day": day, "aspect": aspect, "year": year, "deputy_id": deputy_id}
    row = session.connection().execute(_STANDING, given).one()
    if row.rule_id is None:
        channels = shipped("channels")["content"]
    else:
        channels = session.get_one(Rule, row.rule_id).content
    return Standing(row.aspect is not None, channels, row.round_id, row.deputy is not None)


def rounds_of(session: Session, year: int, kind: str | None = None) -> list[Round]:
    """All rounds of a year, or those of a kind; few."""
    query = sa.select(Round).where(rounds.c.year == year)
    query = query.where(rounds.c.kind == kind) if kind else query
    return list(session.scalars(query.order_by(rounds.c.starts_on, rounds.c.id)))


def voted(session: Session, year: int) -> bool:
    """Whether the vote on a year's projects has been heard of."""
    query = sa.select(VotedSubItem).where(voted_sub_items.c.year == year).limit(1)
    return session.scalars(query).first() is not None


_aspect = (
    sa.select(aspects.c.id)
    .where(
        aspects.c.code == sa.bindparam("aspect"),
        sa.or_(aspects.c.until.is_(None), aspects.c.until > sa.bindparam("day")),
    )
    .scalar_subquery()
)
_rule = (
    sa.select(rules.c.id)
    .where(rules.c.kind == "channels", rules.c.adopted_on <= sa.bindparam("day"))
    .order_by(rules.c.adopted_on.desc(), rules.c.recorded_at.desc())
    .limit(1)
    .scalar_subquery()
)
_round = (
    sa.select(rounds.c.id)
    .where(
        rounds.c.year == sa.bindparam("year"),
        rounds.c.starts_on <= sa.bindparam("day"),
        rounds.c.ends_on >= sa.bindparam("day"),
    )
    .order_by(
        sa.case((rounds.c.kind == CONCENTRATED, 0), else_=1), rounds.c.starts_on.desc(), rounds.c.id
    )
    .limit(1)
    .scalar_subquery()
)
_deputy = (
    sa.select(deputies.c.id).where(deputies.c.id == sa.bindparam("deputy_id")).scalar_subquery()
)
_STANDING = sa.select(
    _aspect.label("aspect"),
    _rule.label("rule_id"),
    _round.label("round_id"),
    _deputy.label("deputy"),
)
