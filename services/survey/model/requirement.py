"""Requirements (整改要求): what follows where something that was assessed fell below the line.

Made once, when the score is published, from what the method says of it; supervision turns each
into a task, and what it tells of that task is noted here.  No statute knows a line; Shiquan county
has units do it again until they pass, and a second failure has more consequences than the first:
so failures are counted along the chain of assessments that follow one another.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from services.commons.aggregate import Aggregate, new_id

RECTIFY, REPORT_AGAIN, ASSESS_AGAIN = "rectify", "report-again", "assess-again"
#: What has a unit do something; being assessed again alone does not.
_OWED = frozenset({RECTIFY, REPORT_AGAIN})

OWED, REPORTED, CONFIRMED = STATES = ("owed", "reported", "confirmed")


@dataclass(eq=False, kw_only=True)
class Requirement(Aggregate):
    """One line of the form, or the whole assessment (``item_id`` None), that fell below.

    ``then``: what follows.  ``content``: what the contract ``rectification.required.v1`` says of it
    beside its id.
    ``reports``: what supervision told of its rectification, in the order of its versions.
    """

    id: str
    questionnaire_id: str
    item_id: str | None
    then: list[str]
    content: dict[str, Any]
    recorded_at: dt.datetime
    reports: list[dict[str, Any]] = field(default_factory=list)
    version: int = 0

    @property
    def state(self) -> str:
        """How far it has come, as supervision told last."""
        return self.reports[-1]["state"] if self.reports else OWED

    def hear(self, report: dict[str, Any]) -> None:
        """Note what supervision told: its ``rectification_id``, ``state``, ``version`` and more.

        What is known already, or older than it, changes nothing.
        """
        mine = report["rectification_id"]
        same = [one for one in self.reports if one["rectification_id"] == mine]
        if any(one["version"] >= report["version"] for one in same):
            return
        self.reports = [*self.reports, report]

    def public_state(self) -> dict[str, Any]:
        """What the event says."""
        return {"id": self.id} | self.content


def required(
    told: dict[str, Any], consequences: Iterable[dict[str, Any]], *, recorded_at: dt.datetime
) -> list[Requirement]:
    """A requirement for each consequence of a score, with its event if somebody owes something.

    ``told``: what they all say of the questionnaire: its id, year, congress, method, and
    ``decided_on``.  ``consequences``: as the score tells them.
    """
    made = []
    for one in consequences:
        requirement = Requirement(
            id=new_id(),
            questionnaire_id=told["questionnaire_id"],
            item_id=one["item_id"],
            then=one["then"],
            content=told | _said(one),
            recorded_at=recorded_at,
        )
        if _OWED & set(requirement.then):
            requirement.record("rectification.required.v1")
        made.append(requirement)
    return made


def _said(one: dict[str, Any]) -> dict[str, Any]:
    """A consequence in the words of the contract; of a grade there is neither value nor line."""
    by_grade = one["measure"] == "grade"
    line = None if by_grade else Fraction(one["below"])
    return {
        "project_id": one["project_id"],
        "item_id": one["item_id"],
        "item_kind": one["item_kind"],
        "item_name": one["name"],
        "measure": one["measure"],
        "value": None if by_grade else one["value"],
        "percent": None if by_grade else one["percent"],
        "line": line and f"{line.numerator}/{line.denominator}",
        "inclusive": None if by_grade else one["inclusive"],
        "grade": one["grade"],
        "then": one["then"],
        "times": one["times"],
        "due_in": one["due_in"] or None,
    } | ({"former_year": one["former_year"]} if one.get("former_year") else {})


def to_assess_again(requirements: Iterable[Requirement]) -> list[str]:
    """The lines of a second assessment: what the method assesses again, else all below."""
    below = [one for one in requirements if one.item_id is not None]
    named = [one for one in below if ASSESS_AGAIN in one.then]
    return sorted({one.item_id for one in named or below if one.item_id is not None})
