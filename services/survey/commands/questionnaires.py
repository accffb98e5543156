"""Questionnaires: drafting, revising, opening and closing them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.errors import Conflict

from ..model.audience import Audience
from ..model.method import AssessmentMethod
from ..model.questionnaire import Questionnaire
from ..model.requirement import to_assess_again
from ..model.template import QuestionnaireTemplate
from ..queries import audiences as audience_queries
from ..queries import heard, invitations, methods, paper_forms, results
from . import audiences, opening

#: What a revision may change, under the names of the body.
REVISED = ("title", "questions", "item_kinds", "item_ids")


def draft(command: dict[str, Any], uow: UnitOfWork) -> Questionnaire:
    """Draft a questionnaire; nobody is asked yet."""
    follows, template = command["follows"], command["template_id"]
    first = uow.known(Questionnaire, follows, "/follows") if follows else None
    item_ids = command["item_ids"]
    if first is not None and item_ids is None:
        below = results.requirements_of(uow.session, first.id)
        item_ids = to_assess_again(below, first.items)
    known = heard.projects_about(uow.session, command["year"], [])
    questionnaire = Questionnaire.draft(
        year=command["year"],
        title=command["title"],
        congress=command["congress"],
        method=uow.known(AssessmentMethod, command["method_id"], "/method_id"),
        questions=command.get("questions"),
        template=uow.known(QuestionnaireTemplate, template, "/template_id") if template else None,
        item_kinds=command["item_kinds"],
        item_ids=item_ids,
        follows=first,
        drafted_on=uow.happened(command["happened_on"]),
        recorded_at=uow.now,
    )
    if command["item_ids"] and not follows:
        questionnaire.check_items(command["item_ids"], questionnaire.lines(known))
    return uow.add(questionnaire)


def revise(command: dict[str, Any], uow: UnitOfWork) -> Questionnaire:
    """Change what is asked while nobody has answered."""
    questionnaire = uow.get(Questionnaire, command["id"])
    uow.happened(command["happened_on"])
    asked = audience_queries.audiences_of(uow.session, questionnaire.id, locked=True)
    changes = {name: command[name] for name in REVISED if name in command}
    if "method_id" in command:
        changes["method"] = uow.known(AssessmentMethod, command["method_id"], "/method_id")
    questionnaire.revise(answered=any(_begun(uow, audience) for audience in asked), **changes)
    for audience in asked:
        if audience.state == "open":
            opening.blank_again(uow, questionnaire, audience)
    return questionnaire


def open_(command: dict[str, Any], uow: UnitOfWork) -> Questionnaire:
    """Ask the audiences about a year's projects, as far as these were heard of."""
    questionnaire = uow.get(Questionnaire, command["id"])
    day = uow.happened(command["happened_on"])
    _check_in_force(uow, questionnaire, day)
    look_backs = list(heard.look_backs_until(uow.session, day))
    asked = audience_queries.audiences_of(uow.session, questionnaire.id)
    questionnaire.open(
        asked,
        projects=heard.projects_about(uow.session, questionnaire.year, look_backs),
        look_backs=look_backs,
        on=day,
        followed=_followed(uow, questionnaire),
    )
    for audience in asked:
        opening.open_audience(uow, questionnaire, audience, day)
    questionnaire.tell_opened(asked)
    return questionnaire


def _begun(uow: UnitOfWork, audience: Audience) -> bool:
    """Whether a form has come in, also one that a quota screened out or that waits for a pair."""
    return bool(
        audience_queries.returned_by(uow.session, audience)
        or invitations.noted(uow.session, audience)
        or paper_forms.states(uow.session, audience.id)
    )


def _followed(uow: UnitOfWork, questionnaire: Questionnaire) -> Questionnaire | None:
    return uow.get(Questionnaire, questionnaire.follows) if questionnaire.follows else None


def close(command: dict[str, Any], uow: UnitOfWork) -> Questionnaire:
    """End the answering of all audiences."""
    questionnaire = uow.get(Questionnaire, command["id"])
    day = uow.happened(command["happened_on"])
    questionnaire.check_running()
    for audience in audience_queries.audiences_of(uow.session, questionnaire.id, locked=True):
        if audience.state == "open":
            audiences.end(uow, audience, day)
    questionnaire.close(day)
    return questionnaire


def _check_in_force(uow: UnitOfWork, questionnaire: Questionnaire, day: dt.date) -> None:
    """Conflict if another method has taken its place; a second assessment keeps the first's."""
    later = methods.superseding(uow.session, questionnaire.method.id, day)
    if later is not None and questionnaire.follows is None:
        raise Conflict(
            "method-superseded",
            f"the method was superseded by {later.id} on {later.adopted_on}",
            f"该测评办法已于 {later.adopted_on} 被新办法 {later.id} 替代",
        )
