"""What every entity of the models has: an identity, a version, the events that it causes."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


def new_id() -> str:
    """A fresh identifier: UUID version 4, which tells neither time nor place."""
    return str(uuid.uuid4())


@dataclass(frozen=True)
class Recorded:
    """An event that an entity caused and that no one has published yet.

    ``type``: the part after the service's name, ``suggestion.submitted.v1``.  ``detail``: what this
    step adds to the entity's public state.  ``concerns``: division codes (GB/T 2260) of the other
    jurisdictions that it concerns.
    """

    type: str
    detail: dict[str, Any]
    concerns: tuple[str, ...]


class Aggregate:
    """Base of the entities; a subclass is a dataclass and declares ``id`` and ``version = 0``.

    ``version`` counts the changes that were stored, from 1; the database layer keeps it.
    """

    id: str
    version: int

    def record(self, type_: str, *, concerns: Iterable[str] = (), **detail: Any) -> None:
        """Note that this entity caused the event ``type_``; the unit of work publishes it."""
        event = Recorded(type_, detail, tuple(concerns))
        self.__dict__.setdefault("_recorded", []).append(event)

    def take_recorded(self) -> list[Recorded]:
        """The events since the last call, oldest first; they are handed over once."""
        events: list[Recorded] = self.__dict__.pop("_recorded", [])
        return events

    def public_state(self) -> dict[str, Any]:
        """What every event of this entity carries about it: JSON-able, no personal data."""
        raise NotImplementedError
