"""What units arrange among themselves for a project."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork

from ..model import deadline
from ..model.coordination import Coordination
from ..model.project import Project
from ..queries import responsible
from . import deadlines, references
from .said import said

Json = dict[str, Any]


def agree_coordination(command: Json, uow: UnitOfWork) -> Coordination:
    """Record what units agreed on; the project's lead unit and the offices record it."""
    project = uow.get(Project, command["id"])
    day = uow.happened(command["happened_on"])
    references.speaks_for_unit(uow, responsible.lead_unit(uow.session, project, day))
    references.units(uow, command["unit_ids"], "/unit_ids")
    made = uow.add(Coordination.agree(**said(command), project_id=project.id, recorded_at=uow.now))
    _watch_tasks(uow, made)
    return made


def ask_for_help(command: Json, uow: UnitOfWork) -> Coordination:
    """A unit of the project asks another for help; the answer is due by the term of the rule."""
    project = uow.get(Project, command["id"])
    references.speaks_for_unit(uow, command["asked_by"])
    day = uow.happened(command["happened_on"])
    references.unit_of_project(uow, project, command["asked_by"], day, "/asked_by")
    references.units(uow, [command["asked_of"]], "/asked_of")
    made = uow.add(Coordination.ask(**said(command), project_id=project.id, recorded_at=uow.now))
    deadlines.start(
        uow,
        deadline.COORDINATION,
        made.id,
        deadline.HELP_ANSWER,
        deadline.ASKED,
        made.happened_on,
        unit_id=made.asked_of,
        project_id=project.id,
    )
    return made


def answer_request(command: Json, uow: UnitOfWork) -> Coordination:
    """The unit that was asked agrees or refuses."""
    made = uow.get(Coordination, command["id"])
    references.speaks_for_unit(uow, made.asked_of or "")
    uow.happened(command["happened_on"])
    made.answer(**said(command))
    uow.changed(made)
    deadlines.end(uow, command["happened_on"], subject_id=[made.id])
    _watch_tasks(uow, made)
    return made


def do_coordination_task(command: Json, uow: UnitOfWork) -> Coordination:
    """A unit has done what it took on."""
    made = uow.get(Coordination, command["id"])
    task = made.task(command["task_id"])
    references.speaks_for_unit(uow, task.unit_id)
    uow.happened(command["happened_on"])
    made.do(task.id, text=command["text"], happened_on=command["happened_on"])
    uow.changed(made)
    deadlines.end(uow, command["happened_on"], subject_id=[task.id])
    return made


def _watch_tasks(uow: UnitOfWork, made: Coordination) -> None:
    for task in made.tasks:
        deadlines.agree(
            uow,
            deadline.COORDINATION,
            task.id,
            task.due_on,
            begins=deadline.AGREED,
            day=made.answered_on or made.happened_on,
            unit_id=task.unit_id,
            project_id=made.project_id,
        )
