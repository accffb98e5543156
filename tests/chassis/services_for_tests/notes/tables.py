"""A note, and where it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Integer, String, Table, Text
from sqlalchemy.orm import registry

from services.chassis.columns import Id
from services.chassis.tables import service_metadata
from services.commons.aggregate import Aggregate, new_id

metadata = service_metadata()
mapper = registry(metadata=metadata)


@dataclass(eq=False)
class Note(Aggregate):
    """Something written down.  ``behaviour``: what the reader of its events shall do."""

    id: str
    text: str
    behaviour: str
    revision: int = 0
    version: int = 0

    @classmethod
    def write(cls, text: str, behaviour: str) -> Note:
        """A new note."""
        note = cls(new_id(), text, behaviour)
        note.record("note.written.v1")
        return note

    def revise(self) -> None:
        """Change it."""
        self.revision += 1
        self.record("note.revised.v1")

    def public_state(self) -> dict[str, Any]:
        """Everything but the text."""
        return {"id": self.id, "revision": self.revision, "behaviour": self.behaviour}


notes = Table(
    "notes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("text", Text, nullable=False),
    Column("behaviour", String(60), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("version", Integer, nullable=False),
)
mapper.map_imperatively(Note, notes, version_id_col=notes.c.version)
