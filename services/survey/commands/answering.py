"""Answering: read, let in, count; of a secret or anonymous form nothing else is left."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork

from ..model.audience import Audience
from .admission import admit
from .counting import count
from .forms import form_of


def answer(command: dict[str, Any], uow: UnitOfWork) -> dict[str, Any]:
    """Count a filled-in form; what is said beside *accepted*.

    Answers to one audience queue for its row, so that nothing comes between reading the form,
    letting somebody in and counting, nor after a closing.
    """
    audience = uow.get(Audience, command["id"], locked=True)
    command["happened_on"] = _day(command, uow)
    audience.check_open(command["happened_on"])
    reading = form_of(uow, audience).read(
        command["answers"], form_version=command["form_version"], language=command["language"]
    )
    admitted = admit(uow, audience, reading, command)
    if not admitted.counted:
        return {"counted": False}
    count(uow, audience, reading, admitted.cell, replaces=admitted.replaces)
    return {}


def _day(command: dict[str, Any], uow: UnitOfWork) -> Any:
    """Today; an earlier day only from who may record late.

    Who could name one could answer after the last day.
    """
    day = command["happened_on"]
    if day is None or "recorder" not in uow.principal.roles:
        return uow.today
    return uow.happened(day)
