"""The way of a shortlist through its stages (初定): which come, in what order, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from services.commons.errors import Conflict, Invalid

from .rule import Rule

#: What a stage may end with: on to the next one, or back to the one before.
PASSED, RETURNED = OUTCOMES = ("passed", "returned")

Stage = dict[str, Any]


@dataclass(frozen=True)
class Route:
    """The stages of the rule in force, and those that a shortlist has passed.

    ``stages``: ``{code, name, body, required, needs_document, adopts?}`` in order; the one that
    ``adopts`` freezes the list.  ``passed``: codes of those that stand, in order.
    """

    stages: tuple[Stage, ...]
    passed: tuple[str, ...]

    @classmethod
    def of(cls, rule: dict[str, Any] | None, records: Sequence[dict[str, Any]]) -> Route:
        """The way so far; a return takes back the stage that was passed last."""
        passed: list[str] = []
        for one in records:
            if one["outcome"] == PASSED:
                passed.append(one["stage"])
            elif passed:
                passed.pop()
        return cls(tuple(rule["stages"] if rule else ()), tuple(passed))

    @staticmethod
    def rule(rule: Rule) -> dict[str, Any]:
        """What a shortlist keeps of the rule that it follows."""
        return {"id": rule.id or None, "digest": rule.digest, "stages": rule.content}

    @property
    def adopting(self) -> Stage | None:
        """The stage that freezes the list."""
        return next((one for one in self.stages if one.get("adopts")), None)

    def before_adoption(self, code: str) -> bool:
        """Whether a stage comes before the one that freezes the list."""
        for one in self.stages:
            if one.get("adopts"):
                return False
            if one["code"] == code:
                return True
        return False

    def step(self, code: str) -> Stage:
        """The stage of this code, if it can come now.

        Raises Invalid for one that the rule does not have, Conflict for one that was passed, that
        comes before one that was passed, or before which a required one is missing.
        """
        places = {one["code"]: index for index, one in enumerate(self.stages)}
        if code not in places:
            raise Invalid(
                "stage-unknown",
                f"the rule has the stages {', '.join(places)}",
                f"规则中的阶段为:{'、'.join(places)}",
                [{"pointer": "/stage", "detail": "is no stage of the rule"}],
            )
        last = max((places[one] for one in self.passed), default=-1)
        if places[code] <= last:
            name = self.stages[last]["name"]
            raise Conflict(
                "stage-passed",
                f"the list has passed {self.stages[last]['code']} already",
                f"该清单已经过“{name}”阶段",
            )
        missing = self.missing(before=code)
        if missing:
            raise lacking(missing)
        return self.stages[places[code]]

    def missing(self, *, before: str | None = None) -> list[Stage]:
        """Required stages that have not been passed; only those before a stage if it is given."""
        found = []
        for one in self.stages:
            if one["code"] == before:
                break
            if one["required"] and one["code"] not in self.passed:
                found.append(one)
        return found


def lacking(stages: Sequence[Stage]) -> Conflict:
    """What to raise while required stages are missing."""
    return Conflict(
        "stage-missing",
        "these stages must come first: " + ", ".join(one["code"] for one in stages),
        "尚缺必经阶段:" + "、".join(one["name"] for one in stages),
        [{"pointer": "/stage", "detail": f"{one['name']} ({one['code']})"} for one in stages],
    )
