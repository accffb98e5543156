"""Opinions, and checks made online."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork

from ..model import calendar
from ..model.activity import Visit
from ..model.opinion import OnlineCheck, Opinion, Problem
from . import references
from .calendar import fulfil
from .loop import route_first
from .taking_in import attach_photos, begun

Json = dict[str, Any]


def raise_opinion(command: Json, uow: UnitOfWork) -> Opinion:
    """Raise an opinion; a deputy in her own name only, the office in anybody's.

    It goes at once to the unit that the rule names.
    """
    uow.principal.speak_for(command["deputy_id"], own="deputy", others=("clerk",))
    uow.happened(command["happened_on"])
    references.project(uow, command["project_id"])
    references.deputies(uow, [command["deputy_id"]])
    for cls, field in ((Visit, "visit_id"), (Problem, "problem_id")):
        thing = references.own(uow, cls, command[field], f"/{field}")
        references.same_project(thing, command["project_id"], f"/{field}")
    opinion = Opinion.raise_(**begun(command, uow), recorded_at=uow.now)
    route_first(uow, opinion)
    uow.add(opinion)
    attach_photos(uow, opinion, command["photos"])
    return opinion


def check_online(command: Json, uow: UnitOfWork) -> OnlineCheck:
    """Note that a deputy looked at a project's progress online."""
    uow.principal.speak_for(command["deputy_id"], own="deputy", others=("clerk",))
    uow.happened(command["happened_on"])
    references.project(uow, command["project_id"])
    references.deputies(uow, [command["deputy_id"]])
    check = uow.add(OnlineCheck.make(**command, recorded_at=uow.now))
    day = check.happened_on
    fulfil(uow, calendar.ONLINE_CHECK, None, check.id, day, day)
    return check
