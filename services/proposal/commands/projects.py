"""Suggested projects."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.chassis.work import UnitOfWork

from ..model import deadline
from ..model.membership import Membership
from ..model.suggested_project import SuggestedProject
from ..queries.projects import membership
from . import deadlines
from .closing import close
from .following import Occasion, tell_all
from .references import know_aspect, known_suggestions


def distil(command: dict[str, Any], uow: UnitOfWork) -> SuggestedProject:
    """Distil a suggested project from suggestions."""
    know_aspect(command["aspect"], uow, uow.happened(command["happened_on"]))
    suggestions = known_suggestions(command.pop("suggestion_ids"), uow)
    project = SuggestedProject.distil(suggestions, **command, recorded_at=uow.now)
    uow.add(project)
    _join(uow, project, project.suggestion_ids, project.happened_on, None)
    return project


def add_members(command: dict[str, Any], uow: UnitOfWork) -> SuggestedProject:
    """Take more suggestions into a suggested project."""
    project = uow.get(SuggestedProject, command["id"])
    day = uow.happened(command["happened_on"])
    suggestions = known_suggestions(command["suggestion_ids"], uow)
    project.add_members(suggestions, day)
    _join(uow, project, [one.id for one in suggestions], day, command["reason"])
    if project.unit_id is not None:
        deadlines.start_all(uow, suggestions, deadline.HANDED_OVER, day, project.unit_id)
    return project


def remove_member(command: dict[str, Any], uow: UnitOfWork) -> SuggestedProject:
    """Take a suggestion out of a suggested project; its own clock runs on."""
    # Locked, as where the others are withdrawn: one of the two must see that nobody waits.
    project = uow.get(SuggestedProject, command["id"], locked=True)
    suggestion_id, day = command["suggestion_id"], uow.happened(command["happened_on"])
    project.remove_member(suggestion_id, day)
    with uow.session.no_autoflush:
        found = membership(uow.session, project.id, suggestion_id)
    if found is None:  # from before there were such rows
        by, begun = uow.principal.subject, project.happened_on
        found = uow.add(Membership.begin(project.id, suggestion_id, day=begun, by=by))
    found.remove(day=day, by=uow.principal.subject, because=command["reason"])
    close(uow, project, day)
    return project


def _join(
    uow: UnitOfWork,
    project: SuggestedProject,
    suggestion_ids: list[str],
    day: dt.date,
    because: str | None,
) -> None:
    by = uow.principal.subject
    for id_ in suggestion_ids:
        uow.add(Membership.begin(project.id, id_, day=day, by=by, because=because))
    tell_all(uow, Occasion("distilled", day), suggestion_ids, project.id)
