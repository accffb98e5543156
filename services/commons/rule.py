"""Rules: the lists and parameters by which a service works, as adopted records."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import Any, Self

from services.commons.aggregate import Aggregate, new_id


@dataclass(eq=False)
class Rule(Aggregate):
    """One version of one rule; it never changes, a later one takes its place.

    Each service has a subclass of its own, mapped to its own table.

    ``text``: its wording; ``source``: where it stands (a statute's article, a meeting's decision);
    ``content``: what is computed with, in the form of its ``kind``.  ``id`` is empty for a shipped
    example, which is in force until a body adopts its own.
    """

    id: str
    kind: str
    title: str
    text: str
    source: str
    content: Any
    adopted_by: str | None
    adopted_on: dt.date | None
    recorded_at: dt.datetime | None
    version: int = 0

    @classmethod
    def adopt(cls, *, happened_on: dt.date, recorded_at: dt.datetime, **fields: Any) -> Self:
        """A rule that a body adopted on a day; records ``rule.adopted.v1``."""
        rule = cls(new_id(), adopted_on=happened_on, recorded_at=recorded_at, **fields)
        rule.record("rule.adopted.v1")
        return rule

    @classmethod
    def shipped(cls, kind: str, data: dict[str, Any]) -> Self:
        """The example that comes with the software."""
        return cls("", kind, adopted_by=None, adopted_on=None, recorded_at=None, **data)

    @property
    def digest(self) -> str:
        """SHA-256 of the content, by which a record says what it was made under."""
        text = json.dumps(self.content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def public_state(self) -> dict[str, Any]:
        """For events."""
        return {
            "id": self.id,
            "kind": self.kind,
            "title": self.title,
            "adopted_by": self.adopted_by,
            "adopted_on": self.adopted_on.isoformat() if self.adopted_on else None,
            "digest": self.digest,
        }
