"""The score: counts, rates and grade of every item, by the method's formula.

Rates are exact fractions; they are rounded once, when a percentage is printed for people, half up
(四舍五入).  An item without a denominator (nobody answered it) has neither rates nor a grade.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from .basis import Effect
from .method import Denominator, Formula


@dataclass(frozen=True)
class Rate:
    """``part`` of ``whole`` (> 0), kept as counted: 122/126 is not shortened to 61/63."""

    part: int
    whole: int

    def __str__(self) -> str:
        return f"{self.part}/{self.whole}"

    @property
    def exact(self) -> Fraction:
        """The value, from 0 to 1."""
        return Fraction(self.part, self.whole)

    def percent(self, places: int) -> str:
        """The percentage with ``places`` decimals, half rounded up: 125 of 126 is ``99.21``."""
        scaled = 100 * 10**places * self.part
        rounded = (2 * scaled + self.whole) // (2 * self.whole)
        digits = str(rounded).rjust(places + 1, "0")
        return f"{digits[:-places]}.{digits[-places:]}" if places else digits


@dataclass(frozen=True)
class ItemScore:
    """What came out for one project or sub-item.

    ``counts``: marks per option, all options of the method in its order.  ``shares``: the part of
    each option that counts in the denominator.

    Where look-backs at former projects bear on it: ``counted_grade``, the grade by the marks alone;
    ``adjusted``: rates after deduction, by name; ``look_backs``: the ids of those that changed it.
    """

    counts: dict[str, int]
    denominator: int
    shares: dict[str, Rate]
    top1: Rate | None
    top2: Rate | None
    grade: str | None
    counted_grade: str | None = None
    adjusted: dict[str, Rate] = field(default_factory=dict)
    look_backs: list[str] = field(default_factory=list)


def score_item(
    formula: Formula, counts: Mapping[str, int], *, eligible: int, returned: int
) -> ItemScore:
    """Score one item from its marks; ``eligible`` may answer, ``returned`` did.

    Needs marks ≤ returned ≤ eligible, which the tally keeps.
    """
    marks = {code: counts[code] for code in formula.codes}
    counted = [option.code for option in formula.options if option.counts_in_denominator]
    whole = {
        Denominator.ELIGIBLE: eligible,
        Denominator.RETURNED: returned,
        Denominator.VALID: sum(marks[code] for code in counted),
    }[formula.denominator]
    if whole == 0:
        return ItemScore(marks, 0, {}, None, None, None)
    return ItemScore(
        counts=marks,
        denominator=whole,
        shares={code: Rate(marks[code], whole) for code in counted},
        top1=Rate(sum(marks[code] for code in formula.top1), whole),
        top2=Rate(sum(marks[code] for code in formula.top2), whole),
        grade=_grade(formula, marks, whole),
    )


def with_basis(
    formula: Formula, score: ItemScore, item_id: str, basis: Iterable[dict[str, Any]]
) -> ItemScore:
    """The score after what the look-backs do to it: counts and counted rates stay as they are."""
    if score.denominator == 0:
        return score
    mine = [one for one in basis if item_id in one["items"]]
    caps = [one for one in mine if one["effect"] == Effect.CAP]
    cuts = [one for one in mine if one["effect"] == Effect.DEDUCT]
    if not caps and not cuts:
        return score
    return replace(
        score,
        grade=_capped(formula, score.grade, [one["grade"] for one in caps]),
        counted_grade=score.grade,
        adjusted=_adjusted(score, cuts),
        look_backs=sorted({one["look_back_id"] for one in (*caps, *cuts)}),
    )


def _capped(formula: Formula, grade: str | None, caps: list[str]) -> str | None:
    """The worst of them; a method of rates only has none."""
    return None if grade is None else max([grade, *caps], key=formula.ranking.index)


def _adjusted(score: ItemScore, cuts: list[dict[str, Any]]) -> dict[str, Rate]:
    rates = {"top1": score.top1, "top2": score.top2}
    adjusted = {}
    for name, rate in rates.items():
        off = [Fraction(one["share"]) for one in cuts if one["rate"] == name]
        if rate is not None and off:
            left = max(rate.exact - sum(off), Fraction(0))
            adjusted[name] = Rate(left.numerator, left.denominator)
    return adjusted


def _grade(formula: Formula, marks: Mapping[str, int], whole: int) -> str | None:
    for step in formula.grades:
        if step.threshold.met_by(sum(marks[code] for code in step.sum), whole):
            return step.grade
    return formula.otherwise
