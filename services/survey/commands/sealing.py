"""The seals on counts, by which a hand that changes them in the database is noticed."""

from __future__ import annotations

from services.chassis.work import UnitOfWork
from services.commons.canonical import canonical

from ..model.tally import Tally


def seal(uow: UnitOfWork, tally: Tally) -> None:
    """Seal a count as it is now."""
    tally.seal = uow.keys.mark(canonical(tally.sealed_data()))
