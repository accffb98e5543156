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
    ``n_eff``: how many answers of equal weight are worth the ``whole``, before that correction.
    ``deff``: the design effect of the forms.  ``min_cell``: the fewest forms in a cell that carries
    a weight of its own.
    """

    part: int
    whole: int
    weighted: Number
    interval: Interval
    confidence: float
    n_eff: Number
    deff: Number
    min_cell: int

    @property
    def unweighted(self) -> Fraction:
        """As counted."""
        return Fraction(self.part, self.whole)


def estimate(
    part: int,
    whole: int,
    weights: Weights,
    returned: Mapping[str, int],
    *,
    share: Number | None = None,
    confidence: float = 0.95,
    population: int | None = None,
) -> Estimate | None:
    """What ``part`` of ``whole`` shows, weighted as ``share``; None if nobody is in the whole.

    ``returned``: forms by cell.  The design effect and the correction for the ``population`` are
    those of the forms and not of the marks on one line, so that two lines do not tell from which
    cells their blanks are; who is in the whole is a part of the forms, drawn at the same rate.
    """
    if not whole:
        return None
    carried = [(weights.by_cell[cell], n) for cell, n in returned.items() if n]
    forms = sum(n for _, n in carried)
    deff = kish.design_effect(carried)
    weighted = Fraction(part, whole) if share is None else share
    n_eff = whole / deff
    return Estimate(
        part=part,
        whole=whole,
        weighted=weighted,
        interval=_interval(weighted, n_eff, correction(forms, population), confidence),
        confidence=confidence,
        n_eff=n_eff,
        deff=deff,
        min_cell=min(n for _, n in carried),
    )


def _interval(share: Number, n_eff: Number, factor: float, confidence: float) -> Interval:
    """Wilson's, with the effective size."""
    value = min(1.0, max(0.0, float(share)))
    if factor == float("inf"):
        return Interval(value, value)
    size = float(n_eff) * factor
    return wilson(value * size, size, confidence)
