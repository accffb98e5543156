"""What each delegation and deputies' group owes a year, and what it has delivered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ..model.suggestion import ACCEPTED, SUBMITTED
from ..tables.heard import deputies
from ..tables.register import collection_activities as activities
from ..tables.suggestions import suggestions
from .rules import in_force

#: The states that count, by what the rule counts.
_COUNTED = {"accepted": (ACCEPTED,), "submitted": (SUBMITTED, ACCEPTED)}


def quotas(session: Session, params: dict[str, Any], congress: str) -> dict[str, Any]:
    """Each delegation of a congress and each group that the rule names, with owed and delivered.

    A delegation has delivered what its deputies suggested and what was born in its activities,
    each suggestion once; a group what was born in its activities.
    """
    rule = in_force(session, "quotas", params.get("on") or params["today"])
    states = _COUNTED[rule.content["counted"]]
    delivered = _delivered(session, params["year"], congress, states)
    return {
        "year": params["year"],
        "rule_id": rule.id or None,
        "rule_digest": rule.digest,
        "lines": list(_lines(rule.content, _delegations(session, congress), delivered)),
    }


def _lines(
    content: dict[str, Any], delegations: list[str], delivered: dict[tuple[str, str], int]
) -> Iterator[dict[str, Any]]:
    own = {one["name"]: one["candidates"] for one in content["exceptions"]}
    owed = [("delegation", name, own.get(name, content["candidates"])) for name in delegations]
    owed += [("group", one["name"], one["candidates"]) for one in content["groups"]]
    for kind, name, number in owed:
        has = delivered.get((kind, name), 0)
        yield {
            "kind": kind,
            "name": name,
            "owed": number,
            "delivered": has,
            "fulfilled": has >= number,
        }


def _delegations(session: Session, congress: str) -> list[str]:
    query = sa.select(deputies.c.delegation).where(deputies.c.congress == congress).distinct()
    return sorted(session.connection().scalars(query))


def _delivered(
    session: Session, year: int, congress: str, states: tuple[str, ...]
) -> dict[tuple[str, str], int]:
    counted = (suggestions.c.year == year, suggestions.c.state.in_(states))
    by_deputy = (
        sa.select(suggestions.c.id, sa.literal("delegation").label("kind"), deputies.c.delegation)
        .join(deputies, deputies.c.id == suggestions.c.deputy_id)
        .where(*counted, deputies.c.congress == congress)
    )
    at_activity = (
        sa.select(suggestions.c.id, activities.c.organiser_kind, activities.c.organiser)
        .join(activities, activities.c.id == suggestions.c.activity_id)
        .where(*counted)
    )
    each = by_deputy.union(at_activity).subquery()
    query = sa.select(each.c.kind, each.c.delegation, sa.func.count()).group_by(
        each.c.kind, each.c.delegation
    )
    return {(kind, name): number for kind, name, number in session.connection().execute(query)}
