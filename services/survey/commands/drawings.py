"""Drawings: announced, drawn, given to an audience, their gaps filled from the reserve."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from services.chassis.work import UnitOfWork
from services.commons.errors import Conflict, NotFound

from ..model.audience import Audience, Channel, Sampling
from ..model.drawing import Drawing, DrawnUnit
from ..model.frame import SamplingFrame
from ..model.invitation import InvitationPage
from ..model.roll import SMALLEST
from ..model.sampling import Allocation
from ..queries import frames as queries
from ..queries import invitations as invited
from ..tables.frames import drawn_units
from ..tables.invitations import invitations
from . import frames

#: Units whose contacts are told in one sheet.
PART = 1_000


def announce(command: dict[str, Any], uow: UnitOfWork) -> Drawing:
    """Say how will be drawn, and by which seed."""
    uow.happened(command["happened_on"])
    # Locked, so that the list is not loaded between the look and the pledge.
    frame = uow.get(SamplingFrame, command.pop("id"), locked=True)
    return uow.add(Drawing.announce(frame, **command, recorded_at=uow.now))


def draw(command: dict[str, Any], uow: UnitOfWork) -> dict[str, Any]:
    """Draw the sample and its reserve."""
    day = uow.happened(command["happened_on"])
    drawing = uow.get(Drawing, command["id"], locked=True)
    frame = uow.get(SamplingFrame, drawing.frame_id)
    units = queries.cells(uow.session, frame.id)
    for stratum in drawing.draw(frame, units, command["seed"], day):
        frames.insert(uow, drawn_units, DrawnUnit.rows(drawing.id, stratum))
    uow.session.flush()
    return queries.get_drawing(uow.session, drawing.id)


def use(command: dict[str, Any], uow: UnitOfWork) -> Audience:
    """Make a drawing the sample of an audience that is not asked yet."""
    audience = uow.get(Audience, command["id"], locked=True)
    drawing = uow.known(Drawing, command["drawing_id"], "/drawing_id")
    _check(uow, audience, drawing)
    drawing.serve(audience.id)
    frame = uow.get(SamplingFrame, drawing.frame_id)
    audience.eligible, audience.issued = frame.size, drawing.issued
    if audience.channel == Channel.INVITATION:
        _invite(uow, audience, drawing)
    return audience


def replace(command: dict[str, Any], uow: UnitOfWork) -> dict[str, Any]:
    """Let the next of the reserve take a unit's place; its link is worth nothing from now on."""
    day = uow.happened(command["happened_on"])
    drawing = uow.get(Drawing, command["id"], locked=True)
    dropped = uow.session.get(DrawnUnit, (drawing.id, command["unit"]))
    if dropped is None:
        raise NotFound("not-in-sample", "this unit is not in the sample", "该单位不在样本中")
    spare = queries.next_spare(uow.session, drawing.id, dropped.cell)
    audience = None
    if drawing.audience_id is not None:
        audience = uow.get(Audience, drawing.audience_id, locked=True)
        check_running(audience)
    dropped.give_way(spare, command["reason"], day)
    if audience is not None and audience.channel == Channel.INVITATION and spare is not None:
        invitation = invited.of_unit(uow.session, audience.id, dropped.unit)
        if invited.page(uow.session, audience.id, invitation.page).has(invitation.number):
            raise Conflict("already-answered", "this unit has answered", "该单位已经作答,不得替换")
        invitation.pass_on(spare.unit)
    # How many were replaced is told with it.
    uow.changed(drawing)
    uow.session.flush()
    return queries.get_drawing(uow.session, drawing.id)


def contact_sheet(command: dict[str, Any], uow: UnitOfWork) -> dict[str, Any]:
    """The sample with its contacts, part by part, to hand out paper forms; noted."""
    drawing = uow.get(Drawing, command["id"])
    part = command["part"]
    drawn = queries.drawn(uow.session, drawing.id)
    mine = drawn[(part - 1) * PART : part * PART]
    if not mine:
        raise NotFound("part-unknown", "there is no such part", "没有这一部分")
    contacts = frames.opened(uow, drawing.frame_id, mine)
    frames.note(
        uow,
        drawing.frame_id,
        audience_id=drawing.audience_id,
        purpose="paper",
        count=len(contacts),
        reason=command["reason"],
    )
    return {
        "part": part,
        "parts": -(-len(drawn) // PART),
        "items": [{"unit": unit, **contacts.get(unit, {})} for unit in mine],
    }


def check_running(audience: Audience) -> None:
    """Raise Conflict if the audience is closed."""
    if audience.closed_on is not None:
        raise Conflict("audience-closed", "this audience is closed", "该测评主体已经结束")


def _check(uow: UnitOfWork, audience: Audience, drawing: Drawing) -> None:
    if audience.channel not in (Channel.INVITATION, Channel.OFFLINE):
        raise Conflict(
            "channel-unsampled",
            "only audiences that are invited or asked on paper have a sample",
            "只有邀请和纸质渠道可以使用样本",
        )
    if audience.opened_on is not None:
        raise Conflict(
            "audience-open",
            "the sample is given before the audience is opened",
            "应在启动前指定样本",
        )
    if queries.drawing_of(uow.session, audience.id) not in (None, drawing):
        raise Conflict("audience-sampled", "this audience has its sample", "该测评主体已有样本")
    whole = drawing.plan["allocation"] == Allocation.ALL
    if audience.sampling != (Sampling.CENSUS if whole else Sampling.SAMPLE):
        raise Conflict(
            "sampling-differs",
            "a census takes the whole frame, a sample part of it",
            "普查须用全部抽样框,抽样须用部分",
        )
    small = [
        one["cell"]
        for one in drawing.strata or []
        if one["drawn"] and one["drawn"] < SMALLEST and len(drawing.strata or []) > 1
    ]
    if audience.channel == Channel.INVITATION and small:
        raise Conflict(
            "strata-small",
            f"answers are counted by stratum, and in one with fewer than {SMALLEST} invitations "
            "everybody would be known; merge some values or draw more",
            f"答卷按层计数,不足 {SMALLEST} 份邀请的层会暴露个人;请合并取值或增加样本",
        )


def _invite(uow: UnitOfWork, audience: Audience, drawing: Drawing) -> None:
    if invited.pages(uow.session, audience.id):
        return  # the same sample was given before
    sample = queries.numbered(audience.id, drawing.id)
    names = ["audience_id", "number", "unit", "cell"]
    written = uow.session.connection().execute(sa.insert(invitations).from_select(names, sample))
    uow.session.add_all(InvitationPage.blank(audience.id, range(1, written.rowcount + 1)))
