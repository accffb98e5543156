"""Aspects."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before
from services.commons.errors import Conflict, Invalid


@dataclass(eq=False)
class Aspect(Aggregate):
    """A field of life that suggestions are sorted by (方面), e.g. ``elderly-care`` 养老.

    The list is data; a year's report counts the aspects that its suggestions cover.  An aspect is
    never deleted: from the day ``until`` on it takes nothing new, and ``superseded_by`` is the
    code of the one that does.  ``names``: its earlier names, ``{name, until}``, oldest first; the
    day is the first on which it had the next one.
    """

    id: str
    code: str
    name: str
    recorded_at: dt.datetime
    until: dt.date | None = None
    superseded_by: str | None = None
    names: list[dict[str, Any]] | None = None
    version: int = 0

    @classmethod
    def define(cls, code: str, name: str, recorded_at: dt.datetime) -> Aspect:
        """A new aspect; records ``aspect.defined.v1``."""
        aspect = cls(new_id(), code, name, recorded_at)
        aspect.record("aspect.defined.v1")
        return aspect

    def rename(self, name: str, day: dt.date) -> None:
        """Give it another name from a day on; Conflict if it is retired."""
        self._in_use()
        earlier = self.names or []
        if earlier:
            not_before(day, dt.date.fromisoformat(earlier[-1]["until"]))
        self.names = [*earlier, {"name": self.name, "until": day.isoformat()}]
        self.name = name
        self.record("aspect.renamed.v1")

    def retire(self, until: dt.date, superseded_by: str | None) -> None:
        """Take nothing new under it from a day on; Conflict the second time.

        Invalid if it shall be its own successor.
        """
        self._in_use()
        if superseded_by == self.code:
            raise Invalid(
                "aspect-own-successor",
                "an aspect is not superseded by itself",
                "不能以自身替代",
                [{"pointer": "/superseded_by", "detail": "is the aspect itself"}],
            )
        self.until, self.superseded_by = until, superseded_by
        self.record("aspect.retired.v1")

    def name_on(self, day: dt.date) -> str:
        """What it was called on a day."""
        for earlier in self.names or []:
            if day.isoformat() < earlier["until"]:
                return str(earlier["name"])
        return self.name

    def _in_use(self) -> None:
        if self.until is not None:
            raise Conflict("aspect-retired", "this aspect has been retired", "该方面已停用")

    def public_state(self) -> dict[str, Any]:
        """For events."""
        return {
            "id": self.id,
            "code": self.code,
            "name": self.name,
            "until": self.until.isoformat() if self.until else None,
            "superseded_by": self.superseded_by,
        }
