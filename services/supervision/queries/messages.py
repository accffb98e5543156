"""Residents' messages."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.context import Principal
from services.chassis.secretbox import Keys
from services.chassis.work import get, is_id, not_found

from ..model.message import PUBLIC, Message, MessageAct, MessageContact, MessageContactReading
from ..tables.messages import (
    message_acts,
    message_contact_readings,
    message_contacts,
    messages,
)
from .reading import Json, Query, by_day

STAFF = frozenset({"clerk", "secretariat", "government", "auditor"})


def author_of(keys: Keys, subject: str) -> str:
    """What stands for a person on her messages, and nowhere else."""
    return keys.pseudonym("message", subject)


def is_staff(principal: Principal) -> bool:
    """Whether she sees every message as it came."""
    return not principal.roles.isdisjoint(STAFF)


def seen(session: Session, id_: str, principal: Principal, author: str | None) -> Message:
    """A message for the office, its author, or its unit; NotFound for others."""
    message = get(session, Message, id_)
    own = message.author is not None and message.author == author
    units = "unit" in principal.roles and message.unit_id == principal.subject and message.is_public
    if not (is_staff(principal) or own or units):
        raise not_found(Message)
    return message


def listed_for(params: Json, principal: Principal) -> Query:
    """Messages by day; a unit sees those that it is to answer, or answered."""
    query = by_day(Message, messages, params, "project_id", "unit_id", "state")
    if not is_staff(principal):
        own = principal.subject if is_id(principal.subject) else None
        query = query.where(messages.c.unit_id == own, messages.c.state.in_(PUBLIC))
    return query


def list_own(params: Json, author: str) -> Query:
    """What a person wrote herself."""
    query = by_day(Message, messages, params, "state")
    return query.where(messages.c.author == author)


def list_public(project_id: str) -> Any:
    """What anybody sees of a project's messages, by day."""

    def listed(params: Json) -> Query:
        query = by_day(Message, messages, params | {"project_id": project_id}, "project_id")
        return query.where(messages.c.state.in_(PUBLIC))

    return listed


def posted_since(session: Session, author: str, instant: dt.datetime) -> int:
    """How many messages a person has posted since then."""
    c = messages.c
    query = sa.select(sa.func.count()).where(c.author == author, c.recorded_at > instant)
    return session.execute(query).scalar_one()


def acts_of(session: Session, id_: str) -> dict[str, list[MessageAct]]:
    """The steps of a message, in order."""
    c = message_acts.c
    query = sa.select(MessageAct).where(c.message_id == get(session, Message, id_).id)
    return {"items": list(session.scalars(query.order_by(c.recorded_at, c.id)))}


def readings_of(session: Session, id_: str) -> dict[str, list[MessageContactReading]]:
    """Who read the contact of a message, oldest first."""
    c = message_contact_readings.c
    query = sa.select(MessageContactReading).where(c.message_id == id_)
    return {"items": list(session.scalars(query.order_by(c.read_at, c.id)))}


def contacts(session: Session) -> list[MessageContact]:
    """All contacts that are kept: those of the last few months."""
    query = sa.select(MessageContact).order_by(message_contacts.c.message_id)
    return list(session.scalars(query))


def contacts_ended(session: Session, before: dt.date) -> list[str]:
    """The messages that ended before a day, and still have a contact."""
    c = messages.c
    query = sa.select(c.id).join(message_contacts, message_contacts.c.message_id == c.id)
    return list(session.scalars(query.where(c.ended_on < before).order_by(c.id)))
