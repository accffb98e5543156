"""Who may answer: for each channel (测评渠道) one function, which lets an answer in once.

``admit(uow, audience, reading, command)`` notes that somebody answers and says in which cell it is
counted; it raises Forbidden, Conflict or NotFound for whom it does not let in.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.errors import Conflict

from ...model.audience import Audience, Channel
from ...model.form import Reading
from . import invitation, link, roll
from .admitted import Admitted

Admit = Callable[[UnitOfWork, Audience, Reading, dict[str, Any]], Admitted]

ADMIT: dict[str, Admit] = {
    Channel.ROLL: roll.admit,
    Channel.INVITATION: invitation.admit,
    Channel.OPEN: link.admit,
}


def admit(
    uow: UnitOfWork, audience: Audience, reading: Reading, command: dict[str, Any]
) -> Admitted:
    """Let an answer in by the audience's channel."""
    if audience.channel not in ADMIT:
        raise Conflict(
            "channel-takes-no-answers",
            "forms of this audience are entered by the office, not sent here",
            "该测评主体的答卷由工作人员录入,不在此提交",
        )
    return ADMIT[audience.channel](uow, audience, reading, command)
