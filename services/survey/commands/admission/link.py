"""Whoever comes by an open link (公开链接、民生码), within its limits."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.errors import Forbidden

from ...model.audience import Audience
from ...model.cell import joined
from ...model.form import Reading
from ...model.limits import limits_of
from ...model.link import LinkCount, NetworkCount
from ...queries import invitations as queries
from .admitted import Admitted
from .quota import within


def admit(
    uow: UnitOfWork, audience: Audience, reading: Reading, command: dict[str, Any]
) -> Admitted:
    """Count one more for the link's day and, if it is known, the network's hour."""
    link = queries.by_code(uow.session, command["link"]) if command["link"] else None
    if link is None or link.audience_id != audience.id:
        raise Forbidden("link-unknown", "this link is not valid", "该链接无效")
    link.check_open()
    limits = limits_of(audience, link)
    if uow.context.network:
        networks = uow.session.get_one(NetworkCount, audience.id)
        networks.take(uow.context.network, uow.now, limits["per_network_hour"])
    uow.session.get_one(LinkCount, link.id).take(limits, command["happened_on"])
    cell = joined(link.cell, reading.cell)
    return Admitted(cell, counted=within(uow, audience, cell))
