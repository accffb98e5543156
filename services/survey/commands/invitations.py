"""Sheets of links, new links for lost ones, reminders.

Tokens are nowhere but in the answer that gives them out.  So a sheet cannot be had twice: who asks
again gets new links, and those of the first sheet are worth nothing from then on, which their
holders notice.
"""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.errors import Conflict

from ..model.audience import Audience, Channel
from ..model.drawing import Drawing
from ..model.invitation import Invitation, Reminder, not_by_invitation
from ..model.limits import limits_of
from ..queries import frames as sampled
from ..queries import invitations as queries
from . import frames
from .drawings import check_running


def link_sheet(command: dict[str, Any], uow: UnitOfWork) -> dict[str, Any]:
    """Make links for one part of the invitations that have none, or ``again`` for all unused."""
    audience, drawing = _invited(command, uow)
    flags = queries.page(uow.session, audience.id, command["part"] - 1)
    unused = queries.on_page(uow.session, flags)
    chosen = [one for one in unused if command["again"] or one.token_hash is None]
    if not chosen:
        raise Conflict(
            "links-made",
            "these links were given out; asking for them again makes new ones and kills the old",
            "链接已经发出;再次生成将使原链接全部失效,如确需请注明 again",
            [{"pointer": "/again", "detail": "true 重新生成 (makes new ones)"}],
        )
    tokens = {one.number: one.renew() for one in chosen}
    items = _with_contacts(uow, drawing, chosen, "links", command["reason"])
    return {
        "audience_id": audience.id,
        "part": command["part"],
        "parts": len(queries.pages(uow.session, audience.id)),
        "items": [one | {"token": tokens[one["number"]]} for one in items],
    }


def renew(command: dict[str, Any], uow: UnitOfWork) -> dict[str, Any]:
    """Make a new link for one that was lost; the old one is worth nothing from now on."""
    audience, drawing = _invited(command, uow)
    invitation = queries.of_unit(uow.session, audience.id, command["unit"])
    if queries.page(uow.session, audience.id, invitation.page).has(invitation.number):
        raise Conflict("already-answered", "this unit has answered", "该单位已经作答")
    frames.note(
        uow,
        drawing.frame_id,
        audience_id=audience.id,
        purpose="renewal",
        unit=invitation.unit,
        count=1,
        reason=command["reason"],
    )
    return {
        "audience_id": audience.id,
        "number": invitation.number,
        "unit": invitation.unit,
        "token": invitation.renew(),
    }


def remind(command: dict[str, Any], uow: UnitOfWork) -> Reminder:
    """Record a round of reminders: when, and to how many."""
    audience, _ = _invited(command, uow)
    return uow.add(
        Reminder.send(
            audience.id,
            queries.reminders_of(uow.session, audience.id),
            limits_of(audience),
            happened_on=uow.happened(command["happened_on"]),
            count=queries.unanswered(uow.session, audience.id, 1)["count"],
            reminded_by=uow.principal.subject,
            reason=command["reason"],
            recorded_at=uow.now,
        )
    )


def reminder_sheet(command: dict[str, Any], uow: UnitOfWork) -> dict[str, Any]:
    """How to reach who has not answered, after a round was recorded; without links; noted."""
    audience, drawing = _invited(command, uow)
    if not queries.reminders_of(uow.session, audience.id):
        raise Conflict(
            "reminder-unrecorded",
            "record the round of reminders first",
            "请先登记本轮催答",
        )
    flags = queries.page(uow.session, audience.id, command["part"] - 1)
    unused = queries.on_page(uow.session, flags)
    return {
        "audience_id": audience.id,
        "part": command["part"],
        "parts": len(queries.pages(uow.session, audience.id)),
        "items": _with_contacts(uow, drawing, unused, "reminder", command["reason"]),
    }


def _invited(command: dict[str, Any], uow: UnitOfWork) -> tuple[Audience, Drawing]:
    """The audience, locked against answers, and its sample; Conflict without one."""
    audience = uow.get(Audience, command["id"], locked=True)
    drawing = sampled.drawing_of(uow.session, audience.id)
    if audience.channel != Channel.INVITATION or drawing is None:
        raise not_by_invitation()
    check_running(audience)
    return audience, drawing


def _with_contacts(
    uow: UnitOfWork, drawing: Drawing, chosen: list[Invitation], purpose: str, reason: str
) -> list[dict[str, Any]]:
    contacts = frames.opened(uow, drawing.frame_id, [one.unit for one in chosen])
    frames.note(
        uow,
        drawing.frame_id,
        audience_id=drawing.audience_id,
        purpose=purpose,
        count=len(chosen),
        reason=reason,
    )
    return [{"number": o.number, "unit": o.unit, **contacts.get(o.unit, {})} for o in chosen]
