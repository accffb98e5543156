"""The ballot method (票决办法): the written rules of a vote, with their parameters as data."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.errors import Conflict, Invalid

from .rules import Rules


@dataclass(eq=False, kw_only=True)
class BallotMethod(Aggregate):
    """A written ballot method; from its adoption (通过) on, ballots can be held by it.

    It never changes after it was drafted: a changed method is a new record that names the one
    that it ``supersedes``, so that every result keeps the rules it came from.
    """

    id: str
    title: str
    text: str
    parameters: dict[str, Any]
    supersedes: str | None
    drafted_on: dt.date
    recorded_at: dt.datetime
    adopted_by: str | None = None
    adopted_on: dt.date | None = None
    version: int = 0

    @classmethod
    def draft(
        cls,
        *,
        title: str,
        text: str,
        parameters: dict[str, Any],
        supersedes: str | None,
        drafted_on: dt.date,
        recorded_at: dt.datetime,
    ) -> BallotMethod:
        """A method not adopted yet; raises Invalid if its parameters make no rules."""
        return cls(
            id=new_id(),
            title=title,
            text=text,
            parameters=Rules.from_data(parameters).to_data(),
            supersedes=supersedes,
            drafted_on=drafted_on,
            recorded_at=recorded_at,
        )

    def adopt(self, by: str, on: dt.date) -> None:
        """Record that the body ``by`` adopted the method; once.  Raises Conflict or Invalid."""
        if self.adopted_on is not None:
            raise Conflict(
                "method-adopted",
                "the method is adopted already; change it by a new one that supersedes it",
                "票决办法已经通过;如需修改,请另立新办法并注明所替代的办法",
            )
        if on < self.drafted_on:
            raise Invalid(
                "adopted-before-drafted",
                "a method cannot be adopted before the day it was drafted",
                "票决办法的通过日期不能早于拟订日期",
                errors=[{"pointer": "/happened_on", "detail": f"早于 {self.drafted_on}"}],
            )
        self.adopted_by, self.adopted_on = by, on

    def in_force_on(self, day: dt.date) -> bool:
        """Whether it had been adopted by that day."""
        return self.adopted_on is not None and self.adopted_on <= day

    @property
    def rules(self) -> Rules:
        """The rules that the parameters describe."""
        return Rules.from_data(self.parameters)

    def public_state(self) -> dict[str, Any]:
        """Id and title, as the events of ballots carry them."""
        return {"id": self.id, "title": self.title}
