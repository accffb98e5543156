"""Deputies who are logged in, on a frozen roll: secret, or named."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork

from ...model.audience import Audience
from ...model.cell import joined
from ...model.form import Reading
from ...model.named import NamedAnswer
from ...model.roll import Roll
from .admitted import Admitted


def admit(
    uow: UnitOfWork, audience: Audience, reading: Reading, command: dict[str, Any]
) -> Admitted:
    """Note that the deputy who asks answers; a named form is kept beside the counts."""
    uow.principal.require("deputy")
    deputy_id = uow.principal.subject
    roll = uow.session.get_one(Roll, audience.id)
    again = roll.take(deputy_id, again=audience.named and audience.replaceable)
    known = roll.cell(deputy_id)
    if not audience.named:
        return Admitted(known)
    cell = joined(known, reading.cell)
    if not again:
        uow.session.add(NamedAnswer(audience.id, deputy_id, reading.to_data()))
        return Admitted(cell)
    kept = uow.session.get_one(NamedAnswer, (audience.id, deputy_id))
    before = kept.reading
    kept.replace(reading)
    return Admitted(cell, replaces=(before, joined(known, before.cell)))
