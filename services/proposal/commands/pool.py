"""The reserve pool: what waits, what was put forward, what came back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.errors import Conflict

from ..model.candidate import Candidate
from ..model.pool_entry import PoolEntry
from ..model.suggested_project import SuggestedProject
from ..model.suggestion import ACCEPTED
from ..queries.answers import accepted
from .references import know_aspect, known_suggestions

#: Why the congress did not choose a candidate, by the code that its certified result gives.
NOT_CHOSEN = {
    "fewer-approvals": "达到要求的候选项目多于应选数,得票较少",
    "below-threshold": "赞成票未达到规定的比例",
    "no-approval": "未获赞成票",
    "lost-run-off": "再次投票中得票较少",
}


def add_entry(command: dict[str, Any], uow: UnitOfWork) -> PoolEntry:
    """Add an entry by hand: from suggestions, suggested projects, candidates of former years."""
    day = uow.happened(command["happened_on"])
    know_aspect(command["aspect"], uow, day)
    suggestions = _accepted(command["suggestion_ids"], uow)
    projects = uow.all_known(
        SuggestedProject, command["suggested_project_ids"], "/suggested_project_ids"
    )
    candidates = uow.all_known(Candidate, command["candidate_ids"], "/candidate_ids")
    return uow.add(
        PoolEntry.add(
            title=command["title"],
            text=command["text"],
            aspect=command["aspect"],
            suggestion_ids=[*suggestions, *_behind(projects, uow)],
            suggested_project_ids=[one.id for one in projects],
            candidate_ids=[one.id for one in candidates],
            day=day,
            recorded_at=uow.now,
        )
    )


def extend_entry(command: dict[str, Any], uow: UnitOfWork) -> PoolEntry:
    """Link more suggestions to an entry."""
    entry = uow.get(PoolEntry, command["id"])
    entry.extend(_accepted(command["suggestion_ids"], uow), uow.happened(command["happened_on"]))
    return entry


def remove_entry(command: dict[str, Any], uow: UnitOfWork) -> PoolEntry:
    """Take an entry out of the pool, with the reason."""
    entry = uow.get(PoolEntry, command["id"])
    entry.remove(command["reason"], uow.happened(command["happened_on"]))
    return entry


def return_to_pool(uow: UnitOfWork, candidate: Candidate, day: dt.date, reason: str) -> PoolEntry:
    """The entry of a candidate that was not chosen waits again; one without an entry gets one."""
    entry = uow.find(PoolEntry, candidate.pool_entry_id) if candidate.pool_entry_id else None
    if entry is not None:
        entry.give_back(candidate.id, day, reason)
        return entry
    projects = uow.all_known(SuggestedProject, candidate.suggested_project_ids, "")
    entry = PoolEntry.add(
        title=candidate.name,
        text=candidate.description,
        aspect=candidate.aspect,
        suggestion_ids=_behind(projects, uow),
        suggested_project_ids=candidate.suggested_project_ids,
        candidate_ids=[candidate.id],
        day=day,
        recorded_at=uow.now,
        reason=reason,
    )
    candidate.pool_entry_id = entry.id
    return uow.add(entry)


def settle(result: dict[str, Any], uow: UnitOfWork) -> None:
    """Take over from the certified result which candidates were chosen; the others wait again.

    A result that is heard twice changes nothing.
    """
    for one in result["candidates"]:
        candidate = uow.find(Candidate, one["candidate_id"])
        if candidate is None or not candidate.settle(one["chosen"]):
            continue
        day = result["certified_on"]
        if not one["chosen"]:
            reason = NOT_CHOSEN.get(one["reason"], one["reason"] or "未被票决确定")
            return_to_pool(uow, candidate, day, reason)
        elif candidate.pool_entry_id:
            uow.get(PoolEntry, candidate.pool_entry_id).choose(candidate.id, day)


def _behind(projects: Iterable[SuggestedProject], uow: UnitOfWork) -> list[str]:
    """What the projects were distilled from, but for what was returned or withdrawn since."""
    ids = {id_ for project in projects for id_ in project.suggestion_ids}
    with uow.session.no_autoflush:
        return accepted(uow.session, ids)


def _accepted(ids: list[str], uow: UnitOfWork) -> list[str]:
    """The ids, if they are of accepted suggestions; Invalid or Conflict else."""
    found = known_suggestions(ids, uow)
    if any(one.state != ACCEPTED for one in found):
        raise Conflict(
            "suggestion-not-accepted",
            "only accepted suggestions stand behind an entry of the pool",
            "储备项目只能关联已采纳梳理的建议",
        )
    return ids
