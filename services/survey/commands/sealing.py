"""The seals on counts, by which a hand that changes them in the database is noticed."""

from __future__ import annotations

from services.chassis.work import UnitOfWork

from ..model.tally import Tally, sealed_text


def seal(uow: UnitOfWork, tally: Tally) -> None:
    """Seal a count as it is now."""
    tally.seal = uow.keys.mark(sealed_text(tally.sealed_data()))
