"""How to reach who wrote messages: kept sealed, every reading noted, deleted in time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.aggregate import new_id
from services.commons.errors import NotFound

from ..model.message import Message, MessageContact, MessageContactReading
from ..queries import messages as queries
from ..queries.rules import in_force

#: What a contact may hold.
PARTS = ("name", "phone", "email", "address")


def keep(message_id: str, contact: dict[str, Any], uow: UnitOfWork) -> None:
    """Seal a contact."""
    uow.add(MessageContact(message_id, uow.keys.seal(contact), uow.now))


def drop(message_id: str, uow: UnitOfWork) -> None:
    """Delete a contact, if there is one."""
    kept = uow.find(MessageContact, message_id)
    if kept is not None:
        uow.remove(kept)


def read(command: dict[str, Any], uow: UnitOfWork) -> dict[str, Any]:
    """Open a contact; noted with the reason.  NotFound without one."""
    message = uow.get(Message, command["id"])
    kept = uow.find(MessageContact, message.id)
    if kept is None:
        raise NotFound("contact-missing", "no contact is kept here", "没有联系方式,或已删除")
    uow.add(
        MessageContactReading(
            id=new_id(),
            message_id=message.id,
            read_by=uow.principal.subject,
            reason=command["reason"],
            read_at=uow.now,
        )
    )
    opened = uow.keys.open(kept.sealed)
    return {name: opened.get(name) for name in PARTS} | {"message_id": message.id}


def purge(uow: UnitOfWork) -> int:
    """Delete the contacts of messages that ended so long ago that the rule lets them go.

    The others are sealed anew with the first key, so that an older one can go.
    """
    days = in_force(uow.session, "moderation", uow.today).content["contact_days"]
    ended = set(queries.contacts_ended(uow.session, uow.today - dt.timedelta(days=days)))
    for kept in queries.contacts(uow.session):
        if kept.message_id in ended:
            uow.remove(kept)
        else:
            kept.sealed = uow.keys.rotate(kept.sealed)
    return len(ended)
