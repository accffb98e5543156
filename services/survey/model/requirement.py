"""Requirements (整改要求): what follows where something that was assessed fell below the line.

Made once, when the score is published, from what the method says of it; supervision turns each
into a task, and what it tells of that task is noted here.  No statute knows a line; Shiquan county
has units do it again until they pass, and a second failure has more consequences than the first:
so failures are counted along the chain of assessments that follow one another.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from services.commons.aggregate import Aggregate, new_id

from .method import Then

#: What has a unit do something; being assessed again alone does not.
_OWED = frozenset({Then.RECTIFY, Then.REPORT_AGAIN})


@dataclass(eq=False, kw_only=True)
class Requirement(Aggregate):
    """One line of the form, or the whole assessment (``item_id`` None), that fell below.

    ``then``: what follows.  ``content``: what the contract ``rectification.required.v1`` says of it
    beside its id.
    ``rectification``: how far the task has come that supervision made of it (it has the same id):
    ``state``, ``round``, ``reported_on``, ``confirmed_on``, ``version``; None: nothing heard yet.
    """

    id: str
    questionnaire_id: str
    item_id: str | None
    then: list[str]
    content: dict[str, Any]
    recorded_at: dt.datetime
    rectification: dict[str, Any] | None = None
    version: int = 0

    def hear(self, told: dict[str, Any]) -> None:
        """Note what supervision tells; what is older than what is known changes nothing."""
        if self.rectification is None or self.rectification["version"] < told["version"]:
            self.rectification = told

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
        "line": None if line is None else f"{line.numerator}/{line.denominator}",
        "inclusive": None if by_grade else one["inclusive"],
        "grade": one["grade"],
        "then": one["then"],
        "times": one["times"],
        "due_in": one["due_in"] or None,
    } | ({"former_year": one["former_year"]} if one.get("former_year") else {})


def to_assess_again(
    requirements: Iterable[Requirement], items: Sequence[dict[str, Any]]
) -> list[str]:
    """The lines of a second assessment, of ``items``, those of the first.

    What the method assesses again, else all that fell below.  Of a project without a line of its
    own it is all its lines, of the whole assessment all there are.
    """
    below = list(requirements)
    named = [one for one in below if Then.ASSESS_AGAIN in one.then] or below
    lines = {item["item_id"] for item in items}
    asked = {one.item_id for one in named}
    return [
        item["item_id"]
        for item in items
        if None in asked
        or item["item_id"] in asked
        or (item["project_id"] in asked and item["project_id"] not in lines)
    ]
