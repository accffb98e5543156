"""Questions asked at a meeting, answered, asked again and closed."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork

from ..model import deadline
from ..model.meeting import Meeting
from ..model.opinion import Opinion
from ..model.question import Question
from . import deadlines, references
from .said import said

Json = dict[str, Any]


def ask_question(command: Json, uow: UnitOfWork) -> Question:
    """Ask a unit about a project at a meeting; a deputy in her own name only."""
    uow.principal.speak_for(command["deputy_id"], own="deputy", others=("clerk",))
    meeting = uow.get(Meeting, command["id"])
    uow.happened(meeting.happened_on)
    references.project(uow, command["project_id"])
    references.deputies(uow, [command["deputy_id"]])
    references.units(uow, [command["unit_id"]])
    question = Question.ask(
        meeting.id, **said(command), happened_on=meeting.happened_on, recorded_at=uow.now
    )
    _wait(uow, uow.add(question))
    return question


def answer_question(command: Json, uow: UnitOfWork) -> Question:
    """The unit that was asked answers."""
    question = uow.get(Question, command["id"])
    references.speaks_for_unit(uow, question.unit_id)
    day = uow.happened(command["happened_on"])
    question.answer(command["text"], day)
    deadlines.end(uow, day, kind=deadline.QUESTION, subject_id=[question.id])
    return question


def follow_up_question(command: Json, uow: UnitOfWork) -> Question:
    """The deputy who asked asks again, perhaps pointing to an opinion about the same project."""
    question = _own(uow, command)
    day = uow.happened(command["happened_on"])
    opinion = references.own(uow, Opinion, command["opinion_id"], "/opinion_id")
    references.same_project(opinion, question.project_id, "/opinion_id")
    question.follow_up(command["text"], day, command["opinion_id"])
    _wait(uow, question)
    return question


def close_question(command: Json, uow: UnitOfWork) -> Question:
    """The deputy who asked closes it."""
    question = _own(uow, command)
    question.close(uow.happened(command["happened_on"]))
    return question


def _own(uow: UnitOfWork, command: Json) -> Question:
    question = uow.get(Question, command["id"])
    uow.principal.speak_for(question.deputy_id, own="deputy", others=("clerk",))
    return question


def _wait(uow: UnitOfWork, question: Question) -> None:
    whose = {"unit_id": question.unit_id, "project_id": question.project_id}
    kind = deadline.QUESTION
    deadlines.start(uow, kind, question.id, kind, deadline.ASKED, question.latest, **whose)
