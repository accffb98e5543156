"""The written method as a record: drafted, adopted, superseded by another, never changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import new_id
from services.commons.method import Method

from .formula import Formula


@dataclass(eq=False, kw_only=True)
class AssessmentMethod(Method):
    """A written method of assessment (测评办法) with its formula as data.

    From its adoption (``adopted_on``, by the body ``adopted_by``) on questionnaires can use it.
    """

    called = "测评办法"

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
    ) -> AssessmentMethod:
        """A method not adopted yet; raises Invalid if its parameters make no formula."""
        return cls(
            id=new_id(),
            title=title,
            text=text,
            parameters=Formula.from_data(parameters).to_data(),
            supersedes=supersedes,
            drafted_on=drafted_on,
            recorded_at=recorded_at,
        )

    @property
    def formula(self) -> Formula:
        """The formula that the parameters describe."""
        return Formula.from_data(self.parameters)
