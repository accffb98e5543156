"""Audiences: adding, opening and closing them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.errors import Invalid

from ..model import answer_import, paper
from ..model.audience import Audience, Channel
from ..model.questionnaire import Questionnaire
from ..queries import answer_imports, heard, paper_forms
from ..queries import audiences as queries
from . import links, opening, restamping

#: What the body says of an audience, under the names of the model.
GIVEN = (
    "group",
    "title",
    "channel",
    "kind",
    "sampling",
    "item_ids",
    "deputies",
    "by_delegation",
    "opens_on",
    "closes_on",
    "replaceable",
    "eligible",
    "present",
    "quotas",
    "limits",
)


def add(command: dict[str, Any], uow: UnitOfWork) -> Audience:
    """Add an audience to a questionnaire that is drafted or open."""
    questionnaire = uow.get(Questionnaire, command["id"])
    day = uow.happened(command["happened_on"])
    questionnaire.check_takes_audiences()
    audience = Audience.draft(
        questionnaire_id=questionnaire.id,
        recorded_at=uow.now,
        **{name: command[name] for name in GIVEN},
    )
    if audience.item_ids is not None:
        first = questionnaire.follows and uow.get(Questionnaire, questionnaire.follows)
        projects = heard.projects_about(uow.session, questionnaire.year, [])
        questionnaire.check_items(audience.item_ids, questionnaire.lines(projects, first or None))
    if audience.deputies is not None:
        _check_deputies(uow, audience.deputies, questionnaire.congress, day)
    return uow.add(audience)


def open_(command: dict[str, Any], uow: UnitOfWork) -> Audience:
    """Open an audience that was added to an open questionnaire."""
    audience = uow.get(Audience, command["id"], locked=True)
    questionnaire = uow.get(Questionnaire, audience.questionnaire_id)
    questionnaire.check_running()
    opening.open_audience(uow, questionnaire, audience, uow.happened(command["happened_on"]))
    questionnaire.span(queries.audiences_of(uow.session, questionnaire.id))
    # So that a closing or a revision at the same moment is not overlooked.
    uow.changed(questionnaire)
    return audience


def close(command: dict[str, Any], uow: UnitOfWork) -> Audience:
    """End the answering of one audience."""
    audience = uow.get(Audience, command["id"], locked=True)
    end(uow, audience, uow.happened(command["happened_on"]), command["present"])
    return audience


def end(uow: UnitOfWork, audience: Audience, day: dt.date, present: int | None = None) -> None:
    """Close a locked audience; Conflict while forms on paper are not decided."""
    if audience.channel == Channel.OFFLINE:
        paper.check_decided(paper_forms.undecided(uow.session, audience.id))
        answer_import.check_finished(answer_imports.unfinished(uow.session, audience.id))
    audience.close(day, returned=queries.returned_by(uow.session, audience), present=present)
    links.forget_networks(uow, audience)
    restamping.restamp(uow, audience.id)


def _check_deputies(uow: UnitOfWork, ids: list[str], congress: str, day: dt.date) -> None:
    """Each must be on the register of the congress, and named once."""
    known = {one.id for one in heard.deputies(uow.session) if one.belongs_to(congress, day)}
    bad = [n for n, id_ in enumerate(ids) if id_ not in known or id_ in ids[:n]]
    if bad:
        raise Invalid(
            "deputy-unknown",
            "a deputy is named who is not on the register of this congress, or named twice",
            "所列代表不在本级人大在册名单中,或重复列出",
            errors=[
                {
                    "pointer": f"/deputies/{n}",
                    "detail": "不在册或重复",
                }
                for n in bad
            ],
        )
