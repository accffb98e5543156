"""Quotas (配额) at the door: made when an audience is opened, asked at every answer."""

from __future__ import annotations

from services.chassis.work import UnitOfWork

from ...model.audience import Audience, Channel
from ...model.cell import parts_of
from ...model.form import Form
from ...model.link import NetworkCount
from ...model.quota import Quota, QuotaCount, quotas_from


def within(uow: UnitOfWork, audience: Audience, cell: str) -> bool:
    """Whether an answer from that cell is counted; it is noted either way."""
    if not audience.quotas:
        return True
    quotas = [Quota(one["when"], one["at_most"]) for one in audience.quotas]
    return uow.session.get_one(QuotaCount, audience.id).admit(quotas, cell)


def prepare(uow: UnitOfWork, audience: Audience, form: Form, cells: list[str]) -> None:
    """Make the counters of an audience that is opened; raises Invalid for quotas on nothing."""
    if audience.channel == Channel.OPEN and uow.session.get(NetworkCount, audience.id) is None:
        uow.session.add(NetworkCount(audience.id))
    kept = uow.session.get(QuotaCount, audience.id)
    if kept is not None:
        uow.session.delete(kept)
        uow.session.flush()
    if audience.quotas:
        strata: dict[str, set[str]] = {}
        for cell in cells:
            for code, value in parts_of(cell).items():
                strata.setdefault(code, set()).add(value)
        uow.session.add(QuotaCount.blank(audience.id, quotas_from(audience.quotas, strata), cells))
