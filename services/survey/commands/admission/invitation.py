"""Who was invited, by a token that is used once; what is left is one flag among many."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.errors import Forbidden

from ...model.audience import Audience
from ...model.cell import joined
from ...model.form import Reading
from ...model.invitation import token_hash
from ...queries import invitations as queries
from .admitted import Admitted
from .quota import within


def admit(
    uow: UnitOfWork, audience: Audience, reading: Reading, command: dict[str, Any]
) -> Admitted:
    """Set the flag of who holds the token; counted with what the frame knows of her stratum."""
    token = command["token"]
    found = queries.by_hash(uow.session, token_hash(token)) if token else None
    if found is None or found.audience_id != audience.id:
        raise Forbidden(
            "invitation-unknown",
            "this link is not valid, or a newer one has taken its place",
            "该链接无效,或已被新链接取代",
        )
    queries.page(uow.session, audience.id, found.page).take(found.number)
    cell = joined(found.cell, reading.cell)
    return Admitted(cell, counted=within(uow, audience, cell))
