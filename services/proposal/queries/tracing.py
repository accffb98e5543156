"""Up from a suggestion to the project that came of it, and back from a project."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.commons.errors import NotFound

from ..model.answer import Answer
from ..model.asker import READERS, Asker
from ..model.candidate import Candidate
from ..model.heard import HeardLookBack, HeardProject, HeardResult
from ..model.membership import Membership
from ..model.shortlist import Shortlist
from ..model.suggested_project import SuggestedProject
from ..model.suggestion import Suggestion
from ..model.voted import VotedSubItem
from ..tables.answers import answers
from ..tables.candidates import candidate_suggested_projects, candidates, shortlists
from ..tables.heard import heard_projects, heard_results
from ..tables.pool import pool_suggestions
from ..tables.projects import memberships, suggested_projects
from ..tables.suggestions import suggestions
from . import following
from .suggestions import get_suggestion

Json = dict[str, Any]


def trace_suggestion(session: Session, id_: str, asker: Asker) -> Json:
    """What became of a suggestion: a fixed number of queries, however much there is.

    To who only sees it because it is hers, only those candidates that anybody may see.  NotFound
    also for who may not see it.
    """
    suggestion = get_suggestion(session, id_, asker)
    members = _memberships(session, id_)
    now_in = [one.project_id for one in members if one.removed_on is None]
    ways = _candidates_of(session, id_, now_in)
    sub_item_id = suggestion.matched_sub_item
    matched = session.get(VotedSubItem, sub_item_id) if sub_item_id else None
    if matched is not None:
        ways.setdefault(matched.project_id, set()).add(following.BY_MATCH)
    return {
        "suggestion": suggestion,
        "answers": _answers(session, id_),
        "suggested_projects": _projects(session, members),
        "candidates": _seen(_afterwards(session, ways), asker.has(*READERS)),
        "matched": matched,
        "matched_on": suggestion.matched_on,
    }


def trace_project(session: Session, id_: str, inside: bool) -> Json:
    """Every suggestion behind a candidate or project, as anybody may read it.

    Only what was accepted and not withdrawn, and nobody's name.  NotFound if there is no such
    candidate, and for who is not ``inside`` before it stands on an adopted shortlist.
    """
    found = _seen(_afterwards(session, {id_: set()}), inside)
    if not found:
        raise NotFound("not-found", "there is no such project", "未找到所指的项目")
    behind = following.behind(session, [id_])[id_]
    c = suggestions.c
    query = sa.select(Suggestion).where(c.id.in_(behind))
    ordered = session.scalars(query.order_by(c.happened_on, c.id))
    lines = [{"suggestion": one, "through": sorted(behind[one.id])} for one in ordered]
    return {"project": found[0], "suggestions": lines}


def _seen(found: list[Json], inside: bool) -> list[Json]:
    """Candidates as one who is not ``inside`` may see them, without drafts of shortlists."""
    if inside:
        return found
    shown = [one | {"shortlists": [s for s in one["shortlists"] if s.adopted_on]} for one in found]
    return [one for one in shown if one["shortlists"] or one["result"] or one["project"]]


def _memberships(session: Session, suggestion_id: str) -> list[Membership]:
    query = sa.select(Membership).where(memberships.c.suggestion_id == suggestion_id)
    return list(session.scalars(query.order_by(memberships.c.added_on, memberships.c.id)))


def _answers(session: Session, suggestion_id: str) -> list[Answer]:
    query = sa.select(Answer).where(answers.c.suggestion_id == suggestion_id)
    return list(session.scalars(query.order_by(answers.c.number, answers.c.id)))


def _candidates_of(
    session: Session, suggestion_id: str, project_ids: Collection[str]
) -> dict[str, set[str]]:
    """The candidates that came of suggested projects or the reserve pool, with the ways."""
    links, waited = candidate_suggested_projects.c, pool_suggestions.c
    distilled = sa.select(links.candidate_id, sa.literal(following.BY_PROJECT)).where(
        links.project_id.in_(project_ids)
    )
    pooled = (
        sa.select(candidates.c.id, sa.literal(following.BY_POOL))
        .join_from(pool_suggestions, candidates, candidates.c.pool_entry_id == waited.entry_id)
        .where(waited.suggestion_id == suggestion_id)
    )
    found: dict[str, set[str]] = {}
    for candidate_id, way in session.execute(sa.union(distilled, pooled)):
        found.setdefault(candidate_id, set()).add(way)
    return found


def _projects(session: Session, members: Sequence[Membership]) -> list[Json]:
    ids = [one.project_id for one in members]
    query = sa.select(SuggestedProject).where(suggested_projects.c.id.in_(ids))
    by_id = {one.id: one for one in session.scalars(query)}
    return [
        {
            "project": by_id[one.project_id],
            "added_on": one.added_on,
            "removed_on": one.removed_on,
        }
        for one in members
        if one.project_id in by_id
    ]


def _afterwards(session: Session, ways: dict[str, set[str]]) -> list[Json]:
    """What became of candidates, each with its result, progress, look-backs and scores."""
    ids = list(ways)
    own = _by_id(session, Candidate, candidates.c.id, ids)
    results = _by_id(session, HeardResult, heard_results.c.id, ids)
    heard = _by_id(session, HeardProject, heard_projects.c.id, ids)
    known = [one for some in (heard, own, results) for one in some.values()]
    named = {one.id: (one.year, one.name) for one in known}
    looked_back: dict[tuple[int, str], list[HeardLookBack]] = {}
    for one in following.look_backs_at(session, set(named.values())):
        looked_back.setdefault((one.project_year, one.project_name), []).append(one)
    on_lists = _shortlists(session, ids, {year for year, _ in named.values()})
    return [
        {
            "id": id_,
            "year": named[id_][0],
            "name": named[id_][1],
            "through": sorted(ways[id_]),
            "shortlists": on_lists.get(id_, []),
            "result": results.get(id_),
            "project": heard.get(id_),
            "look_backs": looked_back.get(named[id_], []),
        }
        for id_ in sorted(named)
    ]


def _by_id(session: Session, cls: Any, column: Any, ids: Sequence[str]) -> dict[str, Any]:
    return {one.id: one for one in session.scalars(sa.select(cls).where(column.in_(ids)))}


def _shortlists(
    session: Session, candidate_ids: Sequence[str], years: Collection[int]
) -> dict[str, list[Shortlist]]:
    """The shortlists of those years on which each candidate stands; a year has few."""
    query = sa.select(Shortlist).where(shortlists.c.year.in_(years))
    found: dict[str, list[Shortlist]] = {}
    for one in session.scalars(query.order_by(shortlists.c.happened_on, shortlists.c.id)):
        for id_ in set(one.candidate_ids).intersection(candidate_ids):
            found.setdefault(id_, []).append(one)
    return found
