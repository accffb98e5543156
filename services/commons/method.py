"""Written methods (办法) that a body adopts before anything can be done by them."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from .aggregate import Aggregate
from .clock import not_before
from .errors import Conflict


class Method(Aggregate):
    """Base of the methods; a subclass is a dataclass and declares the fields.

    A method never changes after it was drafted: a changed one is a new record that names the one
    it supersedes, so that every result keeps the rules it came from.
    """

    #: What people call it, e.g. 票决办法.
    called: ClassVar[str]

    title: str
    drafted_on: dt.date
    adopted_by: str | None
    adopted_on: dt.date | None

    def adopt(self, by: str, on: dt.date) -> None:
        """Record that the body ``by`` adopted it; once.  Raises Conflict or Invalid."""
        if self.adopted_on is not None:
            raise Conflict(
                "method-adopted",
                "the method is adopted already; change it by a new one that supersedes it",
                f"{self.called}已经通过;如需修改,请另立新办法并注明所替代的办法",
            )
        self.adopted_by, self.adopted_on = by, not_before(on, self.drafted_on)

    def in_force_on(self, day: dt.date) -> bool:
        """Whether it had been adopted by that day."""
        return self.adopted_on is not None and self.adopted_on <= day

    def public_state(self) -> dict[str, Any]:
        """Id and title, as the events of what is done by it carry them."""
        return {"id": self.id, "title": self.title}
