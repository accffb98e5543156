"""What unequal weights cost: the effective size (有效样本量) and the design effect (设计效应).

L. Kish, Survey Sampling (1965), section 11.7; "Weighting for unequal Pi", Journal of Official
Statistics 8 (1992), 183-200.  Weights that follow the frame may also gain precision; this counts
only what they lose, so that an interval made from it is rather too wide.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

Number = int | float | Fraction


def effective_size(weights: Iterable[tuple[Number, int]]) -> Number:
    """(Σw)²/Σw² of ``(weight, how many carry it)``; exact if the weights are; 0 without any."""
    pairs = list(weights)
    total = sum(weight * count for weight, count in pairs)
    squares = sum(weight * weight * count for weight, count in pairs)
    if not squares:
        return 0
    return _divided(total * total, squares)


def design_effect(weights: Iterable[tuple[Number, int]]) -> Number:
    """n·Σw²/(Σw)² ≥ 1: how many answers do the work of one; 1 without any."""
    pairs = list(weights)
    size = effective_size(pairs)
    return _divided(sum(count for _, count in pairs), size) if size else 1


def _divided(a: Number, b: Number) -> Number:
    if isinstance(a, float) or isinstance(b, float):
        return float(a) / float(b)
    return Fraction(a) / Fraction(b)
