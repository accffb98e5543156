"""What look-backs at former projects do to a judgement: they cap its grade or lower its rates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from ..basis import Effect
from ..method import Formula
from .figure import Figure, Rate
from .marks import Judged
from .words import Words, grade


@dataclass(frozen=True)
class Adjusted:
    """What look-backs did to a judgement: the grade before, rates after, and which they were."""

    judged: Judged
    counted_grade: str | None
    rates: dict[str, Figure]
    look_backs: list[str]
    said: tuple[Words, ...] = ()


def adjust(formula: Formula, before: Judged, basis: Sequence[Mapping[str, Any]]) -> Adjusted | None:
    """What caps and deductions do; None where none of them touches the line."""
    caps = [one for one in basis if one["effect"] == Effect.CAP]
    cuts = [one for one in basis if one["effect"] == Effect.DEDUCT]
    if not caps and not cuts:
        return None
    capped = _capped(formula, before.grade, [one["grade"] for one in caps])
    rates = {
        name: lowered(figure, off)
        for name, figure in before.rates.items()
        if (off := [one for one in cuts if one["rate"] == name])
    }
    return Adjusted(
        judged=replace(before, grade=capped),
        counted_grade=before.grade,
        rates=rates,
        look_backs=sorted({one["look_back_id"] for one in (*caps, *cuts)}),
        said=_capping_said(formula, before.grade, capped),
    )


def _capped(formula: Formula, counted: str | None, caps: list[str]) -> str | None:
    """The worst of them; a method of rates only has none."""
    return None if counted is None else max([counted, *caps], key=formula.ranking.index)


def _capping_said(formula: Formula, before: str | None, after: str | None) -> tuple[Words, ...]:
    if before == after or before is None or after is None:
        return ()
    old, new = grade(formula, before), grade(formula, after)
    return (
        Words(
            f"回头看:等次由“{old.zh}”降为“{new.zh}”",
            f'look-back: the grade goes from "{old.en}" to "{new.en}"',
        ),
    )


def lowered(figure: Figure, cuts: Sequence[Mapping[str, Any]]) -> Figure:
    """A rate after deductions, never below 0."""
    shares = [Fraction(one["share"]) for one in cuts]
    rest = figure.exact - sum(shares, Fraction(0))
    left = max(rest, Fraction(0))
    less = f"{figure.rate} − {' − '.join(map(str, shares))}"
    return replace(
        figure,
        formula=Words(f"{figure.formula.zh} − 回头看扣减", f"{figure.formula.en} − look-backs"),
        rate=Rate.of(left),
        worked=less if rest == left else f"max(0, {less})",
    )
