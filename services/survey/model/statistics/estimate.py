"""One share, unweighted and weighted side by side, and how sure a sample can be of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from . import kish
from .interval import Interval, correction, wilson
from .weight import Number, Weights


@dataclass(frozen=True)
class Estimate:
    """A share as counted (``part`` of ``whole``) and as weighted.

    ``interval``: of the weighted share, at ``confidence``, corrected for the frame's size.
    ``n_eff``: Kish's effective number of answers, before that correction.  ``deff``: n / n_eff.
    ``min_cell``: the fewest answers in a cell that carries a weight of its own.
    """

    part: int
    whole: int
    weighted: Number
    interval: Interval
    confidence: float
    n_eff: Number
    deff: Number
    min_cell: int
    method: str

    @property
    def unweighted(self) -> Fraction:
        """As counted."""
        return Fraction(self.part, self.whole)


def estimate(
    counts: Mapping[str, tuple[int, int]],
    weights: Weights,
    confidence: float = 0.95,
    population: int | None = None,
) -> Estimate | None:
    """The share that ``counts`` (by cell: part, whole) show; None if nobody is in the whole.

    A cell without a weight must be empty.  With equal weights the interval is the plain one.
    """
    there = {cell: pair for cell, pair in counts.items() if pair[1]}
    if not there:
        return None
    part, whole = (sum(pair[k] for pair in there.values()) for k in (0, 1))
    carried = [(weights.by_cell[cell], pair[1]) for cell, pair in there.items()]
    above = sum(weights.by_cell[cell] * pair[0] for cell, pair in there.items())
    below = sum(weight * n for weight, n in carried)
    weighted = above / below
    n_eff = kish.effective_size(carried)
    return Estimate(
        part=part,
        whole=whole,
        weighted=weighted,
        interval=_interval(weighted, n_eff, whole, confidence, population),
        confidence=confidence,
        n_eff=n_eff,
        deff=kish.design_effect(carried),
        min_cell=min(n for _, n in carried),
        method=weights.method,
    )


def _interval(
    share: Number, n_eff: Number, whole: int, confidence: float, population: int | None
) -> Interval:
    """Wilson's with the effective size; what the frame's size gives is by the answers counted."""
    value, factor = min(1.0, max(0.0, float(share))), correction(whole, population)
    if factor == float("inf"):
        return Interval(value, value)
    size = float(n_eff) * factor
    return wilson(value * size, size, confidence)
