"""What authors were told, and what stands behind a project."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ..model.follow_up import FollowUp
from ..model.heard import HeardLookBack, HeardResult
from ..model.match import Match
from ..model.suggestion import ACCEPTED
from ..tables.candidates import candidate_suggested_projects, candidates
from ..tables.following import follow_ups, matches
from ..tables.heard import heard_look_backs, heard_results, voted_sub_items
from ..tables.pool import pool_suggestions
from ..tables.projects import memberships
from ..tables.suggestions import suggestions

Query = sa.Select[Any]

#: How a suggestion stands behind a project.
BY_PROJECT, BY_POOL, BY_MATCH = WAYS = ("suggested-project", "pool", "match")


def behind(session: Session, project_ids: Collection[str]) -> dict[str, dict[str, set[str]]]:
    """The suggestions behind candidates or projects: id → suggestion → the ways.

    A suggested project that it came from holds the suggestion now, or its entry in the reserve pool
    does, or somebody has judged that it matches one of the sub-items.  Only what is accepted stands
    behind anything: nothing that was returned, or withdrawn, since then.
    """
    links, members, voted = candidate_suggested_projects.c, memberships.c, voted_sub_items.c
    distilled = (
        sa.select(links.candidate_id.label("about"), members.suggestion_id, sa.literal(BY_PROJECT))
        .join_from(
            candidate_suggested_projects, memberships, members.project_id == links.project_id
        )
        .where(links.candidate_id.in_(project_ids), members.removed_on.is_(None))
    )
    waited = (
        sa.select(candidates.c.id, pool_suggestions.c.suggestion_id, sa.literal(BY_POOL))
        .join_from(
            candidates,
            pool_suggestions,
            pool_suggestions.c.entry_id == candidates.c.pool_entry_id,
        )
        .where(candidates.c.id.in_(project_ids))
    )
    matched = (
        sa.select(voted.project_id, suggestions.c.id, sa.literal(BY_MATCH))
        .join_from(voted_sub_items, suggestions, suggestions.c.matched_sub_item == voted.id)
        .where(voted.project_id.in_(project_ids))
    )
    every = sa.union_all(distilled, waited, matched).subquery()
    of = suggestions.c
    query = sa.select(every, of.state).join(suggestions, of.id == every.c.suggestion_id)
    found: dict[str, dict[str, set[str]]] = {id_: {} for id_ in project_ids}
    for project_id, suggestion_id, way, state in session.execute(query):
        # Asked here, not in the database: that takes the state for rare before it has statistics.
        if state == ACCEPTED:
            found[project_id].setdefault(suggestion_id, set()).add(way)
    return found


def told(
    session: Session, about_ids: Collection[str], milestones: Collection[str]
) -> set[tuple[str, str, str]]:
    """What was told already: ``(about, suggestion, milestone)``."""
    c = follow_ups.c
    query = sa.select(c.about_id, c.suggestion_id, c.milestone).where(
        c.about_id.in_(about_ids), c.milestone.in_(milestones)
    )
    return {(row[0], row[1], row[2]) for row in session.execute(query)}


def list_follow_ups(suggestion_id: str) -> Any:
    """What the author of a suggestion was told: by day, and within it as it was recorded."""

    def query(params: dict[str, Any]) -> Query:
        c = follow_ups.c
        found = sa.select(FollowUp).where(c.suggestion_id == suggestion_id)
        return found.order_by(c.happened_on, c.recorded_at, c.id)

    return query


def list_matches(suggestion_id: str) -> Any:
    """Every judgement of what a suggestion matches, in the order in which they were recorded."""

    def query(params: dict[str, Any]) -> Query:
        found = sa.select(Match).where(matches.c.suggestion_id == suggestion_id)
        return found.order_by(matches.c.recorded_at, matches.c.id)

    return query


def was_matched(session: Session, suggestion_id: str) -> bool:
    """Whether a judgement of it is in the history."""
    query = sa.select(matches.c.id).where(matches.c.suggestion_id == suggestion_id).limit(1)
    return session.execute(query).first() is not None


def chosen_called(session: Session, name: str, year: int) -> list[str]:
    """The ids of the chosen projects of a year with this name."""
    c = heard_results.c
    query = sa.select(HeardResult).where(c.year == year, c.name == name, c.chosen)
    return [one.id for one in session.scalars(query)]


def look_backs_at(session: Session, names: Collection[tuple[int, str]]) -> list[HeardLookBack]:
    """The look-backs at projects, by year and name."""
    c = heard_look_backs.c
    if not names:
        return []
    query = sa.select(HeardLookBack).where(
        sa.or_(*(sa.and_(c.project_year == year, c.project_name == name) for year, name in names))
    )
    return list(session.scalars(query.order_by(c.happened_on, c.id)))
