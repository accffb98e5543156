"""How to reach authors: kept sealed, and every reading noted."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.errors import Forbidden, NotFound

from ..model.contact import PARTS, Contact, ContactReading
from ..queries.asking import asker
from .references import open_suggestion


def keep(suggestion_id: str, contact: dict[str, Any], uow: UnitOfWork) -> None:
    """Seal a contact and put it in the place of the one that was there."""
    sealed = uow.keys.seal(contact)
    kept = uow.find(Contact, suggestion_id)
    if kept is None:
        uow.add(Contact(suggestion_id, sealed, uow.now))
    else:
        kept.sealed, kept.recorded_at = sealed, uow.now


def give(command: dict[str, Any], uow: UnitOfWork) -> dict[str, Any]:
    """Give another contact, or take it back: the author, or who entered it for her."""
    suggestion = open_suggestion(command["id"], uow)
    if not suggestion.is_in_hands_of(asker(uow)):
        uow.principal.require("clerk")
    contact = command["contact"]
    if contact is not None:
        keep(suggestion.id, contact, uow)
    elif kept := uow.find(Contact, suggestion.id):
        uow.remove(kept)
    return {"suggestion_id": suggestion.id, "kept": contact is not None}


def read(command: dict[str, Any], uow: UnitOfWork) -> dict[str, Any]:
    """Open a contact for the clerk or the author; noted with the reason.  NotFound without one."""
    suggestion, person = open_suggestion(command["id"], uow), asker(uow)
    herself = suggestion.is_by(person)
    if not herself and not person.has("clerk"):
        raise Forbidden(
            "contact-closed",
            "only the author and the clerk read how to reach her",
            "只有提出人本人和人大工作人员可以查阅联系方式",
        )
    kept = uow.find(Contact, suggestion.id)
    if kept is None:
        raise NotFound("contact-missing", "no contact is kept here", "没有联系方式,或已删除")
    read_by = "author" if herself else person.subject
    uow.add(ContactReading.note(suggestion.id, read_by, command["reason"], uow.now))
    opened: dict[str, Any] = uow.keys.open(kept.sealed)
    return {name: opened.get(name) for name in PARTS} | {"suggestion_id": suggestion.id}
