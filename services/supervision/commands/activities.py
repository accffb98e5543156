"""Activities, visits, who took part, and what they found."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.errors import Conflict

from ..model import calendar
from ..model.activity import Activity, Attendance, Visit
from ..model.opinion import Problem
from ..queries import existing
from . import references
from .calendar import fulfil
from .loop import route_first
from .said import said
from .taking_in import attach_photos, begun

Json = dict[str, Any]


def arrange_activity(command: Json, uow: UnitOfWork) -> Activity:
    """Set an activity with its days."""
    uow.happened(command["happened_on"])
    activity = uow.add(Activity.arrange(**command, recorded_at=uow.now))
    days = activity.starts_on, activity.happened_on
    fulfil(uow, calendar.ACTIVITY, activity.kind, activity.id, *days)
    return activity


def record_visit(command: Json, uow: UnitOfWork) -> Visit:
    """Record a visit to a project."""
    uow.happened(command["happened_on"])
    references.project(uow, command["project_id"])
    references.own(uow, Activity, command["activity_id"], "/activity_id")
    return uow.add(Visit.make(**command, recorded_at=uow.now))


def attend_visit(command: Json, uow: UnitOfWork) -> Attendance:
    """Record that a deputy took part in a visit; twice is a Conflict.

    A deputy records her own part only; the office records anybody's.
    """
    visit = uow.get(Visit, command["id"])
    uow.happened(command["happened_on"])
    references.deputies(uow, [command["deputy_id"]])
    uow.principal.speak_for(command["deputy_id"], own="deputy", others=("clerk",))
    attendance = visit.attend(**said(command), recorded_at=uow.now)
    if existing.attends(uow.session, visit.id, attendance.deputy_id):
        raise Conflict(
            "attends-already",
            "this deputy's part in this visit is recorded already",
            "该代表参加此次走访已有记录",
        )
    return uow.add(attendance)


def record_problem(command: Json, uow: UnitOfWork) -> Problem:
    """Record a problem, perhaps found on a visit to the same project.

    It goes at once to the unit that the rule names.
    """
    uow.happened(command["happened_on"])
    references.project(uow, command["project_id"])
    visit = references.own(uow, Visit, command["visit_id"], "/visit_id")
    references.same_project(visit, command["project_id"], "/visit_id")
    if command["deputy_id"] is not None:
        uow.principal.speak_for(command["deputy_id"], own="deputy", others=("clerk",))
        references.deputies(uow, [command["deputy_id"]])
    problem = Problem.find(**begun(command, uow), recorded_at=uow.now)
    route_first(uow, problem)
    uow.add(problem)
    attach_photos(uow, problem, command["photos"])
    return problem
