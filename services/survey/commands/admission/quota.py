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
    """Make the counters of an audience that is opened; raises Invalid for quotas on nothing.

    Made anew for a form that has changed before anybody answered.
    """
    if audience.channel == Channel.OPEN and uow.session.get(NetworkCount, audience.id) is None:
        uow.session.add(NetworkCount(audience.id))
    kept = uow.session.get(QuotaCount, audience.id)
    if kept is not None:
        uow.session.delete(kept)
        uow.session.flush()
    if audience.quotas:
        quotas = quotas_from(audience.quotas, _strata(cells))
        uow.session.add(QuotaCount.blank(audience.id, quotas, cells))


def widen(uow: UnitOfWork, audience: Audience, cells: list[str]) -> None:
    """Let the screened out be counted in new cells, too."""
    kept = uow.session.get(QuotaCount, audience.id)
    if kept is not None:
        kept.widen(cells)


def _strata(cells: list[str]) -> dict[str, set[str]]:
    """Each stratum with its values, as far as they make cells."""
    strata: dict[str, set[str]] = {}
    for cell in cells:
        for code, value in parts_of(cell).items():
            strata.setdefault(code, set()).add(value)
    return strata
