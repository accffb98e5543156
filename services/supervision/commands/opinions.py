"""Opinions, what units do about them, and checks made online."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork

from ..model import calendar
from ..model.activity import Visit
from ..model.opinion import OnlineCheck, Opinion, Problem
from . import references
from .calendar import fulfil
from .said import said

Json = dict[str, Any]


def raise_opinion(command: Json, uow: UnitOfWork) -> Opinion:
    """Raise an opinion; a deputy in her own name only, the office in anybody's."""
    uow.principal.speak_for(command["deputy_id"], own="deputy", others=("clerk",))
    uow.happened(command["happened_on"])
    references.project(uow, command["project_id"])
    references.deputies(uow, [command["deputy_id"]])
    for cls, field in ((Visit, "visit_id"), (Problem, "problem_id")):
        thing = references.own(uow, cls, command[field], f"/{field}")
        references.same_project(thing, command["project_id"], f"/{field}")
    return uow.add(Opinion.raise_(**command, recorded_at=uow.now))


def handle_opinion(command: Json, uow: UnitOfWork) -> Opinion:
    """Note that a unit has dealt with an opinion."""
    references.speaks_for_unit(uow, command["unit_id"])
    opinion = uow.get(Opinion, command["id"])
    uow.happened(command["happened_on"])
    references.units(uow, [command["unit_id"]])
    opinion.handle(**said(command))
    return opinion


def reply_to_opinion(command: Json, uow: UnitOfWork) -> Opinion:
    """Note that a unit has answered the deputy."""
    references.speaks_for_unit(uow, command["unit_id"])
    opinion = uow.get(Opinion, command["id"])
    uow.happened(command["happened_on"])
    references.units(uow, [command["unit_id"]])
    opinion.reply(**said(command))
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
