"""What comes after collection: candidates, the vote, the work, looking back; authors are told."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any

from services.chassis.cloudevents import Event
from services.chassis.work import UnitOfWork

from ..model.candidate import Candidate
from ..model.heard import HeardLookBack, HeardProject, HeardResult
from ..model.shortlist import Shortlist
from ..queries import following as queries
from ..tables.links import relink
from .following import Occasion, tell_all

#: Why a candidate is in the reserve pool again that never came to the vote; the words of whoever
#: gave it back stay in the pool's history.
NOT_PUT_TO_VOTE = "not-put-to-vote"


def candidate_proposed(uow: UnitOfWork, candidate: Candidate) -> None:
    """Link a candidate to what it came from, and tell the authors."""
    candidate_changed(uow, candidate, candidate.happened_on)


def candidate_changed(uow: UnitOfWork, candidate: Candidate, day: dt.date) -> None:
    """The same after it was changed; authors who came to stand behind it are told."""
    relink(uow.session, candidate.id, candidate.suggested_project_ids)
    _tell_behind(uow, Occasion("proposed", day), [candidate.id])


def candidate_returned(uow: UnitOfWork, candidate: Candidate, day: dt.date) -> None:
    """Tell the authors behind a candidate that it waits in the reserve pool and is not voted on."""
    occasion = Occasion("returned-to-pool", day, reason=NOT_PUT_TO_VOTE)
    _tell_behind(uow, occasion, [candidate.id])


def shortlist_adopted(uow: UnitOfWork, shortlist: Shortlist) -> None:
    """Tell the authors behind every candidate of it."""
    if shortlist.adopted_on is not None:
        occasion = Occasion("shortlisted", shortlist.adopted_on)
        _tell_behind(uow, occasion, shortlist.candidate_ids)


def hear_result(data: dict[str, Any], uow: UnitOfWork) -> None:
    """Keep what was counted of each candidate, and tell the authors: chosen or not, and why."""
    results = [_result(one, data, uow) for one in data["candidates"]]
    uow.session.flush()  # the sub-items that the queries below join
    behind = queries.behind(uow.session, [one.id for one in results])
    for one in results:
        occasion = Occasion(
            "chosen" if one.chosen else "not-chosen",
            one.certified_on,
            project_id=one.id,
            reason=one.reason,
            votes=one.votes,
        )
        tell_all(uow, occasion, behind[one.id], one.id)
    _catch_up(uow, [one for one in results if one.chosen])


def hear_progress(data: dict[str, Any], event: Event, uow: UnitOfWork) -> None:
    """Keep how far a project is, and tell the authors when it reaches a milestone."""
    project = _project(data["id"], data["year"], data["name"], uow)
    project.take_state(data, event.version)
    project.take_progress(data, event.version)
    day = data["progress"]["happened_on"]
    _tell_project(uow, project, "progressed", day, share=project.share)


def hear_completion(data: dict[str, Any], event: Event, uow: UnitOfWork) -> None:
    """Keep that a project is complete, and tell the authors."""
    project = _project(data["id"], data["year"], data["name"], uow)
    project.take_state(data, event.version)
    if data["completed_on"] is not None:
        _tell_project(uow, project, "completed", data["completed_on"])


def hear_look_back(data: dict[str, Any], event: Event, uow: UnitOfWork) -> None:
    """Keep a look-back, and tell the authors of the project that it names."""
    found = uow.find(HeardLookBack, data["id"])
    if found is None:
        found = uow.add(HeardLookBack(**data))
    for project_id in queries.chosen_called(uow.session, found.project_name, found.project_year):
        _tell_look_back(uow, found, project_id)


def hear_score(data: dict[str, Any], event: Event, uow: UnitOfWork) -> None:
    """Keep how a project was scored, and tell the authors."""
    for item in data["items"]:
        if item["kind"] != "project":
            continue
        project = _project(item["project_id"], data["year"], item["name"], uow)
        day = data["published_on"] or data["closed_on"] or uow.today
        score = {"questionnaire_id": data["id"], "title": data["title"]}
        score |= {name: item[name] for name in ("grade", "top1", "top2")}
        project.take_score(score | {"published_on": day.isoformat()})
        about = str(uuid.uuid5(uuid.UUID(data["id"]), project.id))
        _tell_project(uow, project, "scored", day, reason=item["grade"], about=about)


def _result(one: dict[str, Any], data: dict[str, Any], uow: UnitOfWork) -> HeardResult:
    found = uow.find(HeardResult, one["candidate_id"])
    if found is not None:
        return found
    names = ("name", "chosen", "reason", "round", "approve", "oppose", "abstain")
    return uow.add(
        HeardResult(
            id=one["candidate_id"],
            ballot_id=data["id"],
            year=data["year"],
            certified_on=data["certified_on"],
            **{name: one[name] for name in names},
        )
    )


def _catch_up(uow: UnitOfWork, chosen: list[HeardResult]) -> None:
    """Look-backs name a project only; one that was heard before the result is told now."""
    names = {(one.year, one.name): one.id for one in chosen}
    for found in queries.look_backs_at(uow.session, names):
        _tell_look_back(uow, found, names[found.project_year, found.project_name])


def _tell_look_back(uow: UnitOfWork, found: HeardLookBack, project_id: str) -> None:
    reason = "effective" if found.effective else "not-effective"
    occasion = Occasion("looked-back", found.happened_on, project_id=project_id, reason=reason)
    behind = queries.behind(uow.session, [project_id])
    tell_all(uow, occasion, behind[project_id], found.id)


def _tell_project(
    uow: UnitOfWork,
    project: HeardProject,
    when: str,
    day: dt.date,
    *,
    share: float = 0.0,
    reason: str | None = None,
    about: str | None = None,
) -> None:
    occasion = Occasion(when, day, project_id=project.id, reason=reason, share=share)
    behind = queries.behind(uow.session, [project.id])
    tell_all(uow, occasion, behind[project.id], about or project.id)


def _tell_behind(uow: UnitOfWork, occasion: Occasion, candidate_ids: list[str]) -> None:
    behind = queries.behind(uow.session, candidate_ids)
    for id_ in candidate_ids:
        of_it = replace(occasion, project_id=id_)
        tell_all(uow, of_it, behind[id_], id_)


def _project(id_: str, year: int, name: str, uow: UnitOfWork) -> HeardProject:
    found = uow.find(HeardProject, id_)
    return found or uow.add(HeardProject(id_, year, name))
