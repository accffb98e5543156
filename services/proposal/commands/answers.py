"""Answers: together or apart, judged by those who get them, given again when need be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.errors import Conflict, Forbidden, Invalid

from ..model import deadline
from ..model.answer import AUTHOR, NOT, Answer, Judgement, Said
from ..model.deadline import Deadline
from ..model.suggested_project import SuggestedProject
from ..model.suggestion import ACCEPTED, Suggestion
from ..model.unit import Unit
from ..queries import answers as queries
from ..queries.asking import asker
from ..queries.deadlines import open_of
from ..queries.handovers import handles
from ..queries.rules import in_force
from . import deadlines
from .closing import close_with
from .following import Occasion, tell
from .references import open_suggestion, speak_for_unit


def answer_together(command: dict[str, Any], uow: UnitOfWork) -> SuggestedProject:
    """Answer the members of a suggested project, each with an answer of its own (并案分复).

    ``apart``: members that are left to an answer apart.
    """
    project = uow.get(SuggestedProject, command["id"])
    unit_id, _ = project.handler()
    speak_for_unit(uow, unit_id)
    said = _said(command, uow, unit_id)
    _in_project(command["apart"], project)
    waiting = _waiting(uow, project, set(command["apart"]))
    project.answer(said.result, said.day, len(waiting))
    if not waiting:
        raise Conflict(
            "nothing-to-answer",
            "every member has been answered already, or is left to an answer apart",
            "该建议项目没有待答复的建议",
        )
    _give(uow, waiting, said, project.id)
    deadlines.end(uow, said.day, kind=deadline.PROJECT, project_id=[project.id])
    return project


def answer_apart(command: dict[str, Any], uow: UnitOfWork) -> Answer:
    """Answer one suggestion by itself, for the first time or again."""
    suggestion = open_suggestion(command["id"], uow)
    uow.known(Unit, command["unit_id"], "/unit_id")
    _may_answer(uow, suggestion, command["unit_id"])
    said = _said(command, uow, command["unit_id"])
    if suggestion.answered_on and not _owed(uow, [suggestion.id], command["unit_id"]):
        raise Conflict(
            "suggestion-answered",
            "it has been answered, and the unit owes neither a promise nor a second answer",
            "该建议已经答复,且该单位无待兑现的承诺或再次答复",
        )
    (answer,) = _give(uow, [suggestion], said, None)
    close_with(uow, suggestion.id, said.day)
    return answer


def judge(command: dict[str, Any], uow: UnitOfWork) -> Judgement:
    """A recipient says whether an answer satisfies; if not, another is due."""
    answer = uow.get(Answer, command["id"])
    suggestion = uow.find(Suggestion, answer.suggestion_id)
    day = uow.happened(command["happened_on"])
    judge, herself = _judge(command["deputy_id"], answer, suggestion, uow)
    if queries.has_judged(uow.session, answer.id, judge):
        raise Conflict("already-judged", "this answer has been judged already", "该答复已经评价过")
    judgement = Judgement.of(
        answer,
        judge,
        command["judgement"],
        command["reason"],
        day=day,
        recorded_at=uow.now,
        recorded_by=None if herself else uow.principal.subject,
    )
    if judgement.judgement == NOT and suggestion is not None and suggestion.state == ACCEPTED:
        deadlines.start_all(uow, [suggestion], deadline.JUDGED, day, answer.unit_id)
    return uow.add(judgement)


def _said(command: dict[str, Any], uow: UnitOfWork, unit_id: str) -> Said:
    day = uow.happened(command["happened_on"])
    words, promise = (command["text"], command["result"]), command["promised_on"]
    said = Said(*words, day, promise, unit_id, uow.principal.subject)
    return said.checked(in_force(uow.session, "results", day).content)


def _may_answer(uow: UnitOfWork, suggestion: Suggestion, unit_id: str) -> None:
    """Raise Forbidden unless the unit itself answers what is in its hands, or the government."""
    speak_for_unit(uow, unit_id)
    if "government" in uow.principal.roles:
        return
    # What it has promised it owes also after the suggestion has left its project.
    owed = open_of(uow.session, suggestion_id=[suggestion.id])
    if any(one.unit_id == unit_id for one in owed):
        return
    if not handles(uow.session, unit_id, suggestion.id):
        raise Forbidden(
            "suggestion-of-others",
            "a unit answers what it was given; the rest is answered by the government",
            "承办单位只能答复交由其办理的建议,其余建议由政府答复",
        )


def _in_project(apart: Sequence[str], project: SuggestedProject) -> None:
    for index, one in enumerate(apart):
        if one not in project.suggestion_ids:
            raise Invalid(
                "member-not",
                "only members of the project can be left to an answer apart",
                "另行答复的建议须属于该建议项目",
                [{"pointer": f"/apart/{index}", "detail": "is not in this project"}],
            )


def _waiting(uow: UnitOfWork, project: SuggestedProject, apart: set[str]) -> list[Suggestion]:
    """Members that this project has not answered yet, or that wait to be answered again."""
    ids = [one for one in project.suggestion_ids if one not in apart]
    done = queries.answered_by(uow.session, project.id, project.unit_id, ids)
    again = _owed(uow, ids, project.unit_id or "")
    found = queries.members(uow.session, [one for one in ids if one not in done or one in again])
    return [one for one in found if one.state == ACCEPTED]


def _owed(uow: UnitOfWork, suggestion_ids: Sequence[str], unit_id: str) -> set[str | None]:
    """Those of the suggestions to which an answer of this unit is due."""
    found = open_of(uow.session, suggestion_id=suggestion_ids)
    return {one.suggestion_id for one in found if one.is_met_by(unit_id)}


def _give(
    uow: UnitOfWork, suggestions: Sequence[Suggestion], said: Said, project_id: str | None
) -> list[Answer]:
    """Write each its own answer, end what was due and begin what was promised."""
    ids = [one.id for one in suggestions]
    with uow.session.no_autoflush:
        whom = queries.recipients(uow.session, ids)
        before = queries.answered_so_far(uow.session, ids)
    given = []
    for suggestion in suggestions:
        suggestion.take_answer(said.day)
        answer = Answer.give(
            suggestion.id,
            said,
            project_id=project_id,
            deputy_ids=whom[suggestion.id].deputy_ids,
            to_author=whom[suggestion.id].to_author,
            number=before.get(suggestion.id, 0) + 1,
            recorded_at=uow.now,
        )
        given.append(uow.add(answer))
    left = deadlines.meet(uow, ids, said.unit_id, said.day)
    for suggestion, answer in zip(suggestions, given, strict=True):
        _due_next(uow, suggestion, answer, left.get(suggestion.id))
    occasion = Occasion("answered", said.day, reason=said.result)
    tell(uow, occasion, {one.suggestion_id: one.id for one in given})
    return given


def _due_next(
    uow: UnitOfWork, suggestion: Suggestion, answer: Answer, other: Deadline | None
) -> None:
    """Begin what was promised; note which is due first, it or what another unit owes still."""
    if answer.promised_on is not None:
        promise = Deadline.promised(
            answer.id,
            answer.promised_on,
            day=answer.happened_on,
            recorded_at=uow.now,
            suggestion_id=suggestion.id,
            project_id=answer.project_id,
            unit_id=answer.unit_id,
        )
        other = min(uow.add(promise), other or promise, key=lambda one: one.due_on)
    if other is not None:
        suggestion.answer_by(other.due_on, provisional=other.provisional)


def _judge(
    deputy_id: str | None, answer: Answer, suggestion: Suggestion | None, uow: UnitOfWork
) -> tuple[str, bool]:
    """In whose name it is judged, a deputy's who was answered or the author's; whether by her."""
    me = uow.principal
    if deputy_id is None and "deputy" in me.roles and me.subject in answer.deputy_ids:
        deputy_id = me.subject
    if deputy_id is not None:
        me.speak_for(deputy_id, own="deputy", others=("clerk",))
        if deputy_id in answer.deputy_ids:
            return deputy_id, deputy_id == me.subject and "deputy" in me.roles
    elif answer.to_author and suggestion is not None:
        herself = suggestion.is_by(asker(uow))
        # What she made herself she judges herself; nobody can enter that she said so on paper.
        if herself or ("clerk" in me.roles and suggestion.author is None):
            return AUTHOR, herself
    raise Forbidden(
        "not-a-recipient",
        "an answer is judged by those who were answered",
        "只有接受答复的人才能对答复作出评价",
    )
