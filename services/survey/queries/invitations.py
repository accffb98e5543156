"""Invitations and links: who has not answered yet, how much came by which link; never what."""

from __future__ import annotations

from collections import Counter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.work import get
from services.commons.errors import NotFound

from ..model.audience import Audience, Channel
from ..model.invitation import PAGE, Invitation, InvitationPage, Reminder, not_by_invitation
from ..model.link import Link, LinkCount, NetworkCount
from ..model.quota import QuotaCount
from ..model.roll import Roll
from ..tables.invitations import (
    invitation_pages,
    invitations,
    links,
    network_counts,
    reminders,
)
from . import frames


def by_hash(session: Session, token_hash: bytes) -> Invitation | None:
    """Whose token it is."""
    query = sa.select(Invitation).where(invitations.c.token_hash == token_hash)
    return session.scalars(query).one_or_none()


def of_unit(session: Session, audience_id: str, unit: str) -> Invitation:
    """A unit's invitation; NotFound without one."""
    c = invitations.c
    query = sa.select(Invitation).where(c.audience_id == audience_id, c.unit == unit)
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound("not-invited", "this unit is not invited", "该单位未受邀")
    return found


def pages(session: Session, audience_id: str) -> list[InvitationPage]:
    """All flags of an audience."""
    c = invitation_pages.c
    query = sa.select(InvitationPage).where(c.audience_id == audience_id)
    return list(session.scalars(query.order_by(c.page)))


def page(session: Session, audience_id: str, number: int) -> InvitationPage:
    """One page of flags, counted from 0; NotFound without it."""
    found = session.get(InvitationPage, (audience_id, number))
    if found is None:
        raise NotFound("part-unknown", "there is no such part", "没有这一部分")
    return found


def on_page(session: Session, flags: InvitationPage) -> list[Invitation]:
    """The invitations of a page that have not been used, by number."""
    c = invitations.c
    first = flags.page * PAGE + 1
    query = sa.select(Invitation).where(
        c.audience_id == flags.audience_id, c.number.between(first, first + PAGE - 1)
    )
    found = session.scalars(query.order_by(c.number))
    return [one for one in found if not flags.has(one.number)]


def unanswered(session: Session, audience_id: str, part: int) -> dict[str, Any]:
    """Who has not answered: how many in all, and the units of one part (from 1)."""
    get(session, Audience, audience_id)
    flags = pages(session, audience_id)
    if not flags:
        raise not_by_invitation()
    count = sum(list(one.answered.values()).count(False) for one in flags)
    units = on_page(session, page(session, audience_id, part - 1))
    return {
        "audience_id": audience_id,
        "count": count,
        "part": part,
        "parts": len(flags),
        "units": [{"number": one.number, "unit": one.unit, "cell": one.cell} for one in units],
    }


def reminders_of(session: Session, audience_id: str) -> list[Reminder]:
    """The rounds of reminders, in order."""
    c = reminders.c
    query = sa.select(Reminder).where(c.audience_id == audience_id).order_by(c.round)
    return list(session.scalars(query))


def list_reminders(session: Session, audience_id: str) -> dict[str, Any]:
    """The same, as shown."""
    get(session, Audience, audience_id)
    return {"items": reminders_of(session, audience_id)}


def by_code(session: Session, code: str) -> Link | None:
    """A link by its code."""
    return session.scalars(sa.select(Link).where(links.c.code == code)).one_or_none()


def links_of(session: Session, audience_id: str) -> list[Link]:
    """The links of an audience, in the order in which they were opened."""
    c = links.c
    query = sa.select(Link).where(c.audience_id == audience_id).order_by(c.recorded_at, c.id)
    return list(session.scalars(query))


def list_links(session: Session, audience_id: str) -> dict[str, Any]:
    """The links of an audience, each with how many answered on which day."""
    get(session, Audience, audience_id)
    return {"items": [shown(session, one) for one in links_of(session, audience_id)]}


def get_link(session: Session, id_: str) -> dict[str, Any]:
    """One link, with its days."""
    return shown(session, get(session, Link, id_))


def shown(session: Session, link: Link) -> dict[str, Any]:
    """A link with its days."""
    days = session.get_one(LinkCount, link.id).days
    return vars(link) | {"days": days, "total": sum(days.values())}


def days_of(session: Session, audience_id: str) -> dict[str, int]:
    """How many answered on which day, by all links of an audience together."""
    days: Counter[str] = Counter()
    for link in links_of(session, audience_id):
        days.update(session.get_one(LinkCount, link.id).days)
    return dict(days)


def past_networks(session: Session, hour: str) -> list[NetworkCount]:
    """The counters of networks that speak of another hour, locked."""
    c = network_counts.c
    query = sa.select(NetworkCount).where(c.hour.not_in(["", hour])).order_by(c.audience_id)
    return list(session.scalars(query.with_for_update()))


def screened(session: Session, audience_id: str) -> dict[str, Any]:
    """Which quotas are full; after the closing how full, and who came too late, by cell."""
    audience = get(session, Audience, audience_id)
    count = session.get(QuotaCount, audience_id)
    counts = count.counts if count else [0 for _ in audience.quotas]
    screened = {cell: n for cell, n in count.screened.items() if n} if count else {}
    closed = audience.state == "closed"
    return {
        "audience_id": audience_id,
        "quotas": [
            one | {"full": n >= one["at_most"], "count": n if closed else None}
            for one, n in zip(audience.quotas, counts, strict=True)
        ],
        "screened": screened if closed else None,
    }


def noted(session: Session, audience: Audience) -> int | None:
    """How many answered, by invitations used or links' days; None: unknown."""
    if audience.channel == Channel.OPEN:
        counts = (session.get_one(LinkCount, one.id) for one in links_of(session, audience.id))
        return sum(sum(one.days.values()) for one in counts)
    if flags := pages(session, audience.id):
        return sum(sum(one.answered.values()) for one in flags)
    return None


def admitted(session: Session, audience: Audience) -> int | None:
    """How many forms must have been counted of those that were noted; None: unknown."""
    came = noted(session, audience)
    if came is None:
        return None
    count = session.get(QuotaCount, audience.id)
    return came - (sum(count.screened.values()) if count else 0)


def known_cells(session: Session, audience: Audience, roll: Roll | None) -> list[str]:
    """The cells that are known before anybody is asked.

    They are the roll's, the strata of the sample's frame, or the links' sites; an open audience
    always has the one without a site, too.
    """
    if roll is not None:
        return sorted(set(roll.cells.values())) or [""]
    if audience.channel == Channel.OPEN:
        return sorted({"", *(one.cell for one in links_of(session, audience.id))})
    if audience.channel == Channel.INVITATION:
        drawing = frames.drawing_of(session, audience.id)
        strata = drawing.strata or [] if drawing else []
        return sorted({one["cell"] for one in strata if one["drawn"]}) or [""]
    return [""]
