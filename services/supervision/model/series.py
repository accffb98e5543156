"""Results of one project or unit in order, each beside the one before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .evaluation import Evaluation
from .exact import rounded


@dataclass(frozen=True)
class Compared:
    """A result beside the one before it.

    ``difference``: of the exact scores, rounded to two decimals; None where one has no score.
    ``same_rule``: whether both came by the same rule: otherwise the numbers do not compare.
    """

    result: Evaluation
    before: Evaluation | None

    @property
    def difference(self) -> str | None:
        """The score less the one before."""
        before = self.before.exact if self.before else None
        return _difference(self.result.exact, before, 1)

    @property
    def same_rule(self) -> bool | None:
        """Whether the rule was the same."""
        if self.before is None:
            return None
        return self.result.rule_digest == self.before.rule_digest

    @property
    def terms(self) -> list[dict[str, Any]]:
        """Each term with the change of its points since, in hundredths."""
        known = {one["code"]: one for one in self.before.terms} if self.before else {}
        return [
            {
                **{name: one[name] for name in ("code", "name", "value", "points")},
                "difference": _difference(
                    one["points"], known.get(one["code"], {}).get("points"), 100
                ),
            }
            for one in self.result.terms
        ]


def series(results: Iterable[Evaluation]) -> list[Compared]:
    """The results in the order of year and day, each beside the one before."""
    ordered = sorted(results, key=lambda one: (one.year, one.as_of, one.recorded_at))
    return [
        Compared(one, ordered[place - 1] if place else None) for place, one in enumerate(ordered)
    ]


def _difference(now: str | None, before: str | None, times: int) -> str | None:
    if now is None or before is None:
        return None
    return rounded((Fraction(now) - Fraction(before)) * times, 2)
