"""How sure a sample can be of a share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from . import kish
from .interval import Interval, correction, wilson
from .weight import Number, Weights


@dataclass(frozen=True)
class Estimate:
    """How sure a share is, at ``confidence``, corrected for the frame's size: ``interval``.

    ``n_eff``: how many answers of equal weight are worth those counted, before that correction.
    ``deff``: the design effect of the forms.  ``min_cell``: the fewest forms in a cell that carries
    a weight of its own.
    """

    interval: Interval
    confidence: float
    n_eff: Number
    deff: Number
    min_cell: int


def estimate(
    share: Number,
    answers: int,
    weights: Weights,
    returned: Mapping[str, int],
    *,
    confidence: float = 0.95,
    population: int | None = None,
) -> Estimate:
    """How sure ``share``, weighted if it is, can be that so many ``answers`` (> 0) show.

    ``returned``: forms by cell.  The design effect and the correction for the ``population`` are
    those of the forms and not of the marks on one line, so that two lines do not tell from which
    cells their blanks are; who answered a line is a part of the forms, drawn at the same rate.
    """
    carried = [(weights.by_cell[cell], n) for cell, n in returned.items() if n]
    forms = sum(n for _, n in carried)
    deff = kish.design_effect(carried)
    n_eff = answers / deff
    return Estimate(
        interval=_interval(share, n_eff, correction(forms, population), confidence),
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
