"""Audiences: who is asked, what the form is, how many have answered; never what."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.context import Principal
from services.chassis.work import get, not_found
from services.commons.errors import Conflict

from ..model.audience import Audience
from ..model.questionnaire import Questionnaire
from ..model.roll import Roll
from ..model.tally import Tally, returned
from ..tables.audiences import audiences, tallies
from . import heard
from .seen import prepares


def audiences_of(
    session: Session, questionnaire_id: str, *, locked: bool = False
) -> list[Audience]:
    """A questionnaire's audiences in the order in which they were added.

    ``locked``: until the end of the transaction no answer comes to any of them.
    """
    columns = audiences.c
    query = sa.select(Audience).where(columns.questionnaire_id == questionnaire_id)
    if locked:
        # By id: whoever locks several locks them in the same order.
        query = query.order_by(columns.id).with_for_update()
        query = query.execution_options(populate_existing=True)
    found = session.scalars(query)
    return sorted(found, key=lambda one: (one.recorded_at, one.id))


def tallies_of(session: Session, audience_id: str) -> list[Tally]:
    """All cells of an audience, in order."""
    columns = tallies.c
    query = sa.select(Tally).where(columns.audience_id == audience_id).order_by(columns.cell)
    return list(session.scalars(query))


def counted(session: Session, questionnaire_id: str) -> list[tuple[Audience, list[Tally]]]:
    """The opened audiences with their counts; what may be read of them, the caller must know."""
    return [
        (audience, tallies_of(session, audience.id))
        for audience in audiences_of(session, questionnaire_id)
        if audience.opened_on is not None
    ]


def returned_by(session: Session, audience: Audience) -> int:
    """How many have answered."""
    if audience.on_roll:
        roll = session.get(Roll, audience.id)
        return 0 if roll is None else roll.returned
    return returned(tallies_of(session, audience.id))


def get_audience(session: Session, id_: str, principal: Principal) -> Audience:
    """One audience; a draft only to who prepares it."""
    audience = get(session, Audience, id_)
    if audience.state == "draft" and not prepares(principal):
        raise not_found(Audience)
    return audience


def list_audiences(
    session: Session, questionnaire_id: str, principal: Principal
) -> dict[str, list[Audience]]:
    """The audiences of a questionnaire."""
    get(session, Questionnaire, questionnaire_id)
    found = audiences_of(session, questionnaire_id)
    seen = [one for one in found if prepares(principal) or one.state != "draft"]
    return {"items": seen}


def get_form(session: Session, id_: str) -> dict[str, Any]:
    """What an audience is asked, as a page needs it; nothing of a draft."""
    audience = get(session, Audience, id_)
    if audience.state == "draft":
        raise not_found(Audience)
    questionnaire = get(session, Questionnaire, audience.questionnaire_id)
    form = questionnaire.form_for(audience)
    items = [item.to_data() for item in form.items]
    names = heard.project_names(session, items)
    return {
        "audience_id": audience.id,
        "questionnaire_id": questionnaire.id,
        "year": questionnaire.year,
        "title": questionnaire.title,
        "audience_title": audience.title,
        "channel": audience.channel,
        "kind": audience.kind,
        "replaceable": audience.replaceable,
        "languages": list(form.languages),
        "form_version": form.version,
        "questions": form.to_data(),
        "items": [one | {"project_name": names.get(one["project_id"])} for one in items],
        "grades": form.grades,
        "look_backs": questionnaire.look_backs,
        "opens_on": audience.opens_on,
        "closes_on": audience.closes_on,
        "state": audience.state,
    }


def get_participation(session: Session, id_: str) -> dict[str, Any]:
    """How many of how many have answered; never what."""
    audience = get(session, Audience, id_)
    return {
        "audience_id": audience.id,
        "state": audience.state,
        "eligible": audience.eligible,
        "issued": audience.issued,
        "present": audience.present,
        "returned": returned_by(session, audience),
    }


def get_outstanding(session: Session, id_: str) -> dict[str, Any]:
    """Who on a roll has not answered; nothing else."""
    audience = get(session, Audience, id_)
    roll = session.get(Roll, audience.id)
    if roll is None:
        raise Conflict(
            "no-roll",
            "this audience has no roll, or is not open yet",
            "该测评主体没有参评名单,或尚未启动",
        )
    return {"audience_id": audience.id, "deputy_ids": roll.outstanding}
