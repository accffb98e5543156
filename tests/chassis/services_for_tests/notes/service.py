"""A service that writes notes, and fails in every way that a test asks for."""

from __future__ import annotations

from typing import Any

import eventlet
import sqlalchemy as sa
from marshmallow import Schema, fields
from sqlalchemy.orm import Session

from services.chassis.gauges import Counted
from services.chassis.paging import PageQuery
from services.chassis.rpc import rpc
from services.chassis.store import Store
from services.chassis.work import UnitOfWork, get
from services.commons import errors

from .tables import Note, metadata, notes

Json = dict[str, Any]


class WriteNote(Schema):
    """A new note; ``copies``: how many are written in the one transaction."""

    text = fields.String(required=True)
    behaviour = fields.String(load_default="")
    copies = fields.Integer(load_default=1)


class ReviseNote(Schema):
    """A change; ``times``: how many, each with its event."""

    times = fields.Integer(load_default=1)


class Written(Schema):
    """A note."""

    id = fields.String()
    text = fields.String()
    revision = fields.Integer()
    version = fields.Integer()


def write(command: Json, uow: UnitOfWork) -> Note:
    """Write notes; the last one is the answer."""
    made = [
        uow.add(Note.write(command["text"], command["behaviour"])) for _ in range(command["copies"])
    ]
    return made[-1]


def revise(command: Json, uow: UnitOfWork) -> Note:
    """Revise a note, each time in a version of its own."""
    note = uow.get(Note, command["id"])
    for _ in range(command.pop("times")):  # popping: a second run must find it again
        note.revise()
    return note


def get_note(session: Session, id_: str) -> Note:
    """One note."""
    return get(session, Note, id_)


def list_notes(_params: Json) -> sa.Select[Any]:
    """All notes."""
    return sa.select(Note).order_by(notes.c.revision, notes.c.id)


def count_notes(session: Session, _today: Any) -> dict[tuple[str, ...], float]:
    """How many notes there are."""
    return {(): float(session.scalar(sa.select(sa.func.count()).select_from(notes)) or 0)}


class NotesService:
    """The service."""

    name = "notes"
    store = Store(metadata, [Counted("minsheng_test_notes", "Notes", (), count_notes)])

    @rpc
    def write(self, body: Json) -> Json:
        """Write a note."""
        return self.store.execute(write, WriteNote, body, answer=Written)

    @rpc
    def write_slowly(self, seconds: float, body: Json) -> Json:
        """Write a note after a while, and answer after another."""
        eventlet.sleep(seconds / 2)
        made = self.store.execute(write, WriteNote, body, answer=Written)
        eventlet.sleep(seconds / 2)
        return made

    @rpc
    def revise(self, note_id: str, body: Json) -> Json:
        """Revise a note."""
        return self.store.execute(revise, ReviseNote, body, id=note_id, answer=Written)

    @rpc
    def get_note(self, note_id: str) -> Json:
        """Read a note."""
        return self.store.read(get_note, note_id, answer=Written)

    @rpc
    def list_notes(self, params: Json) -> Json:
        """Read notes in pages."""
        return self.store.list(list_notes, PageQuery, params, answer=Written())

    @rpc
    def who_asks(self) -> Json:
        """What travelled with the call."""
        context = self.store.context
        return {
            "subject": context.principal.subject,
            "roles": sorted(context.principal.roles),
            "request_id": context.request_id,
            "traceparent": context.traceparent,
            "idempotency_key": context.idempotency_key,
            "expected_version": context.expected_version,
        }

    @rpc
    def fail(self, kind: str) -> Json:
        """Raise one of the typed errors."""
        raise getattr(errors, kind)(
            "some-code", "in English", "中文", [{"pointer": "/title", "detail": "is wrong"}]
        )

    @rpc
    def break_down(self, text: str) -> Json:
        """Raise what nobody expected, with somebody's words in it."""
        raise RuntimeError(text)

    @rpc
    def answer_nonsense(self) -> Any:
        """Answer with what no message can carry."""
        return {1, 2, 3}
