"""The ballot method (票决办法): the written rules of a vote, with their parameters as data."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import new_id
from services.commons.method import Method

from .rules import Rules


@dataclass(eq=False, kw_only=True)
class BallotMethod(Method):
    """A written ballot method; from its adoption (通过) on, ballots can be held by it."""

    called = "票决办法"

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

    @property
    def rules(self) -> Rules:
        """The rules that the parameters describe."""
        return Rules.from_data(self.parameters)
