"""Who asks."""

from __future__ import annotations

from typing import Protocol

from services.chassis.context import Principal
from services.chassis.secretbox import Keys

from ..model.asker import Asker


class Asked(Protocol):
    """What knows who asks: a unit of work, or the store of one call."""

    @property
    def principal(self) -> Principal:
        """Who asks."""

    @property
    def keys(self) -> Keys:
        """The keys that make pseudonyms."""


def asker(of: Asked) -> Asker:
    """The person who asks, with what stands for her as an author."""
    person = of.principal
    return Asker(person.subject, person.roles, of.keys.pseudonym("author", person.subject))


def supporter(of: Asked, suggestion_id: str) -> str:
    """What stands for the person who asks among one suggestion's supporters, and nowhere else."""
    return of.keys.pseudonym("support", suggestion_id, of.principal.subject)
