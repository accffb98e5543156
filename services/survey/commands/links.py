"""Open links: opened for a place or a channel, closed, forgotten by network."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.errors import Conflict

from ..model.audience import Audience, Channel
from ..model.link import Link, LinkCount, NetworkCount
from ..model.questionnaire import Questionnaire
from ..queries import invitations as queries
from . import opening
from .drawings import check_running


def open_link(command: dict[str, Any], uow: UnitOfWork) -> dict[str, Any]:
    """Open a link; a new site gets its cells, blank, at once."""
    audience = uow.get(Audience, command.pop("id"), locked=True)
    if audience.channel != Channel.OPEN:
        raise Conflict("not-open-to-all", "this audience has no links", "该测评主体不设公开链接")
    check_running(audience)
    uow.happened(command["happened_on"])
    link = uow.add(Link.open(audience.id, **command, recorded_at=uow.now))
    uow.session.flush()
    uow.session.add(LinkCount(link.id))
    if audience.opened_on is not None:
        questionnaire = uow.get(Questionnaire, audience.questionnaire_id)
        opening.add_cells(uow, questionnaire, audience)
    uow.session.flush()
    return queries.shown(uow.session, link)


def close_link(command: dict[str, Any], uow: UnitOfWork) -> dict[str, Any]:
    """Take no more answers by a link."""
    link = uow.get(Link, command["id"])
    uow.get(Audience, link.audience_id, locked=True)
    link.close(uow.happened(command["happened_on"]))
    return queries.shown(uow.session, link)


def forget_networks(uow: UnitOfWork, audience: Audience) -> None:
    """Drop what is known of the networks of an audience that is closed."""
    kept = uow.session.get(NetworkCount, audience.id)
    if kept is not None:
        kept.forget()


def forget_past_networks(uow: UnitOfWork) -> int:
    """The same for hours that are past; of how many audiences."""
    past = queries.past_networks(uow.session, NetworkCount.hour_of(uow.now))
    for kept in past:
        kept.forget()
    return len(past)
