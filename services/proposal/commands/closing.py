"""Suggested projects of which no member waits for an answer any more."""

from __future__ import annotations

import datetime as dt

from services.chassis.work import UnitOfWork

from ..model import deadline
from ..model.suggested_project import SuggestedProject
from ..model.suggestion import ACCEPTED
from ..queries import answers as queries
from ..queries.projects import waiting_with
from . import deadlines


def close_with(uow: UnitOfWork, suggestion_id: str, day: dt.date) -> None:
    """Look at the projects of a suggestion that was answered apart, withdrawn or returned."""
    uow.session.flush()  # what has become of it, which the queries below read
    for project_id in waiting_with(uow.session, suggestion_id):
        close(uow, uow.get(SuggestedProject, project_id), day)


def close(uow: UnitOfWork, project: SuggestedProject, day: dt.date) -> None:
    """End a project's deadline if none of its members waits; it is answered if one of them was."""
    unit_id, ids = project.unit_id, project.suggestion_ids
    if unit_id is None or project.answered_on is not None:
        return
    with uow.session.no_autoflush:
        done = queries.answered_by(uow.session, project.id, unit_id, ids)
        members = queries.members(uow.session, [one for one in ids if one not in done])
        last = queries.last_answer(uow.session, project.id, unit_id, ids)
    if any(one.state == ACCEPTED for one in members):
        return
    deadlines.end(uow, day, kind=deadline.PROJECT, project_id=[project.id])
    if last is not None:
        # Answers may be older than the handover, where a member came in with one.
        on = max(last.happened_on, project.handed_over_on or day)
        project.answer(last.result, on, len(done))
