"""What was done with a suggestion, act by act: sorted, corrected, co-signed, commented on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from services.commons.aggregate import Aggregate, new_id

A = TypeVar("A", bound="Act")


class Act(Aggregate):
    """Base: an act is told by its suggestion's event and never changes."""

    def public_state(self) -> dict[str, Any]:
        """Never published by itself."""
        return {"id": self.id}


@dataclass(eq=False)
class Sorting(Act):
    """An act of sorting (梳理) by a person on a day, and under which rule.

    ``checks``: her answers to the checklist, by code.  ``rule_id`` is None under the shipped rule.
    """

    id: str
    suggestion_id: str
    outcome: str
    aspect_before: str
    aspect_after: str
    reason: str | None
    reason_code: str | None
    checks: dict[str, bool] | None
    rule_id: str | None
    rule_digest: str
    sorted_by: str
    happened_on: dt.date
    recorded_at: dt.datetime
    version: int = 0


@dataclass(eq=False)
class SuggestionVersion(Act):
    """What a suggestion said before a correction, and who made that: ``author`` or ``staff``.

    ``number``: 1 for what it said first.
    """

    id: str
    suggestion_id: str
    number: int
    content: dict[str, Any]
    by: str
    corrected_on: dt.date
    recorded_at: dt.datetime
    version: int = 0


@dataclass(eq=False)
class Cosignature(Act):
    """A deputy signs another's suggestion (附议、联名); she is answered as the author is."""

    id: str
    suggestion_id: str
    deputy_id: str
    happened_on: dt.date
    recorded_at: dt.datetime
    version: int = 0


@dataclass(eq=False)
class Comment(Act):
    """What a deputy says on a suggestion."""

    id: str
    suggestion_id: str
    deputy_id: str
    text: str
    happened_on: dt.date
    recorded_at: dt.datetime
    version: int = 0


def differences(content: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
    """The fields in which one version differs from the next: ``{field, before, after}``."""
    return [
        {"field": name, "before": content.get(name), "after": value}
        for name, value in after.items()
        if content.get(name) != value
    ]


def fresh(cls: Callable[..., A], **fields: Any) -> A:
    """A new act."""
    return cls(id=new_id(), **fields)
