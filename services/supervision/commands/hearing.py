"""What this service takes over from the events of the others."""

from __future__ import annotations

from typing import Any

from services.chassis import copies
from services.chassis.cloudevents import Event
from services.chassis.work import UnitOfWork

from ..model import calendar
from ..model.deadline import ADOPTED, PLAN
from ..model.project import Project
from ..tables import heard
from . import deadlines, rectifications
from .calendar import fulfil

Json = dict[str, Any]

_TOLD = ("candidate_id", "name", "chosen", "reason", "round", "approve", "oppose", "abstain")


_PARTS = ("groups", "projects", "overall", "consequences")


def hear_unit(data: Json, event: Event, uow: UnitOfWork) -> None:
    """Keep a unit's name."""
    copies.keep_newest(uow.session, heard.units, data | {"version": event.version})


def hear_deputy(data: Json, event: Event, uow: UnitOfWork) -> None:
    """Keep in which congresses a deputy sits, and since when."""
    row = {
        "id": data["id"],
        "congresses": sorted({mandate["congress"] for mandate in data["mandates"]}),
        "enrolled_on": data["enrolled_on"],
        "version": event.version,
    }
    copies.keep_newest(uow.session, heard.deputies, row)


def hear_suggestion(data: Json, event: Event, uow: UnitOfWork) -> None:
    """Keep how a suggestion stood after this step, with the day by which it stood so."""
    matched = data["matched"] or {"sub_item_id": None, "matched_on": None}
    days = (
        data["happened_on"],
        data["sorted_on"],
        matched["matched_on"],
        data["withdrawn_on"],
    )
    row = {
        "id": data["id"],
        "version": event.version,
        "year": data["year"],
        "author_kind": data["author_kind"],
        "aspect": data["aspect"],
        "state": data["state"],
        "sub_item_id": matched["sub_item_id"],
        "dated": max(day for day in days if day is not None),
    }
    copies.keep_step(uow.session, heard.suggestion_steps, row)


def hear_suggested_project(data: Json, event: Event, uow: UnitOfWork) -> None:
    """Keep what a suggested project was distilled from."""
    copies.keep_newest(uow.session, heard.suggested_projects, data | {"version": event.version})


def hear_session(data: Json, event: Event, uow: UnitOfWork) -> None:
    """Keep a session of a congress."""
    copies.keep_newest(uow.session, heard.sessions, data | {"version": event.version})


def hear_sign_in(data: Json, event: Event, uow: UnitOfWork) -> None:
    """Keep that a deputy was present on a day of a session."""
    copies.keep_newest(uow.session, heard.sign_ins, data | {"version": event.version})


def hear_result(data: Json, event: Event, uow: UnitOfWork) -> None:
    """Keep the result of a vote, and let each chosen candidate become a project."""
    row = {
        "id": data["id"],
        "year": data["year"],
        "session_id": data["session_id"],
        "method_title": data["method"]["title"],
        "voted_on": data["rounds"][0]["opened_on"],
        "certified_on": data["certified_on"],
        "candidates": [{name: one[name] for name in _TOLD} for one in data["candidates"]],
        "version": event.version,
    }
    copies.keep_newest(uow.session, heard.results, row)
    chosen = [candidate for candidate in data["candidates"] if candidate["chosen"]]
    # Looked up before the first is added, so that no query writes one that is not yet published.
    added = [one for one in chosen if uow.find(Project, one["candidate_id"]) is None]
    projects = []
    for candidate in added:
        project = Project.adopt(
            candidate,
            year=data["year"],
            ballot_id=data["id"],
            adopted_on=data["certified_on"],
            recorded_at=uow.now,
        )
        projects.append(uow.add(project))
        _expect_plan(uow, project)
    rectifications.give_to_lead_units(uow, projects)


def _expect_plan(uow: UnitOfWork, project: Project) -> None:
    """By when its implementation plan must be published (Shaanxi's measure, article 17)."""
    ids = {"unit_id": project.lead_unit_id, "project_id": project.id}
    deadlines.start(uow, PLAN, project.id, PLAN, ADOPTED, project.adopted_on, **ids)


def hear_score(data: Json, event: Event, uow: UnitOfWork) -> None:
    """Keep a published satisfaction score."""
    row = {
        "id": data["id"],
        "year": data["year"],
        "eligible": data["eligible"],
        "returned": data["returned"],
        "method_title": data["method"]["title"],
        "items": data["items"],
        "published_on": data["published_on"],
        "version": event.version,
        "follows": data["follows"],
        "parts": {name: data[name] for name in _PARTS},
    }
    copies.keep_newest(uow.session, heard.scores, row)
    day = data["published_on"]
    fulfil(uow, calendar.ASSESSMENT, None, data["id"], day, day)
