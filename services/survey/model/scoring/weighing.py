"""Outcomes that are weighed together: dimensions, groups, and the parts of a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..method import Formula
from .figure import Figure, Rate
from .marks import Judged, graded
from .words import Words

DIMENSIONS = Words("各维度得分 × 权重之和", "sum of the dimensions × weight")
NO_SHARES = Words(
    "各项取最低者,没有各选项的比例,不评等次",
    "the lowest of the parts have no shares of marks, and no grade follows",
)
GROUPS = Words("各测评主体得分 × 权重之和", "sum of the groups × weight")


@dataclass(frozen=True)
class Part:
    """Something that is weighed."""

    name: str
    weight: Fraction
    judged: Judged


def weighed(formula: Formula, parts: Sequence[Part], how: Words) -> Judged:
    """The weighed sum of shares and rates, and the grade by it; weights sum to 1.

    The lowest of several has rates and no shares of marks, so that no grade follows from them.
    """
    if len(parts) == 1:
        return parts[0].judged
    first = parts[0].judged
    shares = {
        code: total(
            figure.name, figure.title, how, [(p.weight, p.judged.shares[code]) for p in parts]
        )
        for code, figure in first.shares.items()
    }
    rates = {
        name: total(name, figure.title, how, [(p.weight, p.judged.rates[name]) for p in parts])
        for name, figure in first.rates.items()
    }
    if not shares:
        return Judged(shares, rates, None, NO_SHARES if formula.grades else None)
    return Judged(shares, rates, *graded(formula, {c: f.exact for c, f in shares.items()}))


def total(name: str, title: Words, how: Words, parts: Sequence[tuple[Fraction, Figure]]) -> Figure:
    """The weighed sum of figures."""
    return Figure(
        name,
        title,
        how,
        Rate.of(sum((weight * figure.exact for weight, figure in parts), Fraction(0))),
        " + ".join(f"{weight} × {figure.rate}" for weight, figure in parts),
    )
