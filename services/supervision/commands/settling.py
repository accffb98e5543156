"""Whether it is solved, and how a matter comes to its end; talks and publication."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork

from ..model import deadline
from ..model.confirmation import (
    CLOSING,
    DEPUTY,
    OFFICE,
    PUBLICATION,
    REOPENING,
    TALK,
    UNIT,
    Confirmation,
    Confirmer,
)
from ..model.matter import Matter
from ..model.photo import AFTER
from ..queries import matters as queries
from . import loop, photos, references

Json = dict[str, Any]


def confirm(command: Json, uow: UnitOfWork) -> Matter:
    """Somebody else than the handler has looked (核实): solved, or to be dealt with again."""
    matter = loop.taken_up(command, uow)
    day, shown = command["happened_on"], command["photos"]
    with uow.session.no_autoflush:
        handlers = queries.handlers(uow.session, matter.id)
    confirmer = _confirmer(command, uow).checked({matter.unit_id, matter.acted_by, *handlers})
    made = Confirmation.give(
        matter,
        confirmer,
        solved=command["solved"],
        text=command["text"],
        waiver=command["waiver"],
        photographed=any(one["role"] == AFTER for one in shown),
        recorded_by=confirmer.by,
        happened_on=day,
        recorded_at=uow.now,
    )
    matter.confirm(solved=made.solved, day=day)
    uow.add(made)
    photos.attach(
        uow,
        shown,
        subject_kind="confirmation",
        subject_id=made.id,
        project_id=matter.project_id,
        happened_on=day,
    )
    loop.end(uow, matter, day, deadline.CONFIRM)
    if not made.solved:
        loop.again(uow, matter, deadline.REOPENED, day)
    else:
        matter.settle(day)
    return matter


def close(command: Json, uow: UnitOfWork) -> Matter:
    """The office, or the deputy whose it is, settles what was answered (办结), saying why."""
    matter = loop.taken_up(command, uow)
    _speak(matter, uow)
    day = command["happened_on"]
    matter.close(day)
    loop.note(uow, matter, CLOSING, day, text=command["reason"])
    loop.end(uow, matter, day)
    return matter


def reopen(command: Json, uow: UnitOfWork) -> Matter:
    """The office, or the deputy whose it is, has it dealt with again, saying why (重新办理)."""
    matter = loop.taken_up(command, uow)
    _speak(matter, uow)
    day = command["happened_on"]
    matter.reopen(day)
    loop.note(uow, matter, REOPENING, day, text=command["reason"])
    loop.again(uow, matter, deadline.REOPENED, day)
    return matter


def talk(command: Json, uow: UnitOfWork) -> Matter:
    """The unit has talked with the deputy in person (面商)."""
    matter = loop.taken_up(command, uow)
    if uow.principal.subject != matter.deputy_id:
        references.speaks_for_unit(uow, matter.unit_id or "")
    matter.talk(command["happened_on"])
    loop.note(uow, matter, TALK, command["happened_on"], text=command["text"])
    return matter


def publish(command: Json, uow: UnitOfWork) -> Matter:
    """It was put on the web (公开), where ``text`` says."""
    matter = loop.taken_up(command, uow)
    references.speaks_for_unit(uow, matter.unit_id or "")
    matter.publish(command["happened_on"])
    loop.note(uow, matter, PUBLICATION, command["happened_on"], text=command["text"])
    return matter


def _confirmer(command: Json, uow: UnitOfWork) -> Confirmer:
    """In whose name it is confirmed, who must be known and may be spoken for."""
    deputy_id, unit_id, me = command["deputy_id"], command["unit_id"], uow.principal
    if deputy_id is not None:
        me.speak_for(deputy_id, own="deputy", others=("clerk",))
        references.deputies(uow, [deputy_id])
        return Confirmer(DEPUTY, deputy_id, me.subject)
    if unit_id is not None:
        references.speaks_for_unit(uow, unit_id)
        references.units(uow, [unit_id])
        return Confirmer(UNIT, unit_id, me.subject)
    me.require("clerk", "government")
    return Confirmer(OFFICE, me.subject, me.subject)


def _speak(matter: Matter, uow: UnitOfWork) -> None:
    uow.principal.speak_for(matter.deputy_id or "", own="deputy", others=("clerk",))
