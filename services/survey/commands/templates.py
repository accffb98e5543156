"""Drafting templates of questionnaires."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork

from ..model.questionnaire import Questionnaire
from ..model.template import QuestionnaireTemplate
from ..queries.templates import successor_of
from ..templates import shipped


def draft_template(command: dict[str, Any], uow: UnitOfWork) -> QuestionnaireTemplate:
    """Draft a template, or the next edition of one."""
    before = command["supersedes"]
    superseded = uow.known(QuestionnaireTemplate, before, "/supersedes") if before else None
    made = _taken(command, uow)
    template = QuestionnaireTemplate.draft(
        title=command.get("title") or made["title"],
        description=command.get("description") or made["description"],
        questions=made["questions"],
        grades=command.get("grades", made.get("grades", [])),
        supersedes=superseded,
        successor=successor_of(uow.session, before) if before else None,
        source=command.get("shipped") or command.get("questionnaire_id"),
        drafted_on=uow.happened(command["happened_on"]),
        recorded_at=uow.now,
    )
    return uow.add(template)


def _taken(command: dict[str, Any], uow: UnitOfWork) -> dict[str, Any]:
    """The questions, with what their source says beside them."""
    if "shipped" in command:
        return shipped(command["shipped"])
    if "questionnaire_id" in command:
        used = uow.known(Questionnaire, command["questionnaire_id"], "/questionnaire_id")
        return {"questions": used.asked, "grades": used.method.formula.codes}
    return {"questions": command["questions"]}
