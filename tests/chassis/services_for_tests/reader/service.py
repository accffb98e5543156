"""A service that takes notes' events and does what their ``behaviour`` says."""

from __future__ import annotations

import os
import signal
import time
from typing import Any

import eventlet
import sqlalchemy as sa
from marshmallow import fields

from services.chassis.cloudevents import Event
from services.chassis.messaging import subscribe
from services.chassis.readers import Reader
from services.chassis.rpc import rpc
from services.chassis.store import Store
from services.chassis.work import UnitOfWork
from services.commons.errors import Conflict, Invalid, Unavailable

from ..gates import is_open
from .tables import Copy, effects, metadata

#: What a handler that fails has in its exception's text: it must appear nowhere.
SECRET = "secret-of-a-handler"


class ReadNote(Reader):
    """What is wanted of a note."""

    id = fields.String(required=True)
    revision = fields.Integer(required=True)
    behaviour = fields.String(required=True)


def take(data: dict[str, Any], event: Event, uow: UnitOfWork) -> None:
    """Let the event take effect."""
    behaviour, _, gate = data["behaviour"].partition(":")
    row = {"event_id": event.id, "subject": event.subject, "seen": event.version}
    uow.session.execute(sa.insert(effects).values(row))
    _misbehave(behaviour, is_open(uow.settings.data_dir, gate or "none"))
    copy = uow.find(Copy, event.subject)
    if copy is None:
        uow.add(Copy(event.subject, data["revision"], event.version))
    elif event.version > copy.seen:
        copy.revision, copy.seen = data["revision"], event.version


def _misbehave(behaviour: str, gate_is_open: bool) -> None:
    if gate_is_open:
        return
    if behaviour == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if behaviour == "raise":
        raise RuntimeError(SECRET)
    if behaviour == "conflict":
        raise Conflict("not-now", SECRET)
    if behaviour == "invalid":
        raise Invalid("never", SECRET)
    if behaviour == "unavailable":
        raise Unavailable("not-now", SECRET)


class ReaderService:
    """The service."""

    name = "reader"
    store = Store(metadata)

    @subscribe("notes", "note.written.v1")
    def on_note_written(self, event: Event) -> bool:
        """Take a new note."""
        return self._take(event)

    @subscribe("notes", "note.revised.v1")
    def on_note_revised(self, event: Event) -> bool:
        """Take a revised note."""
        return self._take(event)

    @subscribe("notes", "note.written.v1", elsewhere=True)
    def on_note_written_elsewhere(self, event: Event) -> bool:
        """Take a note of another jurisdiction."""
        return self._take(event)

    @rpc
    def ping(self) -> str:
        """Answer."""
        return "pong"

    def _take(self, event: Event) -> bool:
        with (self.store.settings.data_dir / "attempts").open("a") as file:
            file.write(f"{event.id} {time.time()}\n")
        if event.data.get("behaviour") == "slow":
            eventlet.sleep(1.0)
        return self.store.handle(event, ReadNote, take)
