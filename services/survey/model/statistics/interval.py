"""Confidence intervals (置信区间) of what a sample without replacement (不放回抽样) says.

The score interval of a share: E. B. Wilson, Journal of the American Statistical Association 22
(1927), 209-212.  The correction for a finite population (有限总体校正) turns the n that were asked
of N into the number that a sample with replacement would have needed for the same variance.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

Number = int | float


@dataclass(frozen=True)
class Interval:
    """From ``low`` to ``high``, of a share between 0 and 1."""

    low: float
    high: float


def wilson(
    part: Number, n: Number, confidence: float = 0.95, population: int | None = None
) -> Interval:
    """Wilson's interval of the share ``part`` of ``n`` answers, both > 0 and perhaps effective.

    ``population``: N, of whom the n were drawn; None is an unlimited one.  Where n = N nothing was
    left to chance, and the interval has no width.  Raises ValueError if the numbers make no share.
    """
    if not (n > 0 and 0 <= part <= n):
        raise ValueError("a share needs 0 ≤ part ≤ n and n > 0")
    factor = correction(n, population)
    share = part / n
    if math.isinf(factor):
        return Interval(share, share)
    size, z = n * factor, quantile(confidence)
    centre = (share + z * z / (2 * size)) / (1 + z * z / size)
    half = z / (1 + z * z / size) * math.sqrt(share * (1 - share) / size + (z / (2 * size)) ** 2)
    # At the ends the bound is the share itself; only rounding moves it from there.
    low = 0.0 if part == 0 else max(0.0, centre - half)
    high = 1.0 if part == n else min(1.0, centre + half)
    return Interval(low, high)


def correction(n: Number, population: int | None) -> float:
    """(N − 1)/(N − n): by how much a finite population makes n answers worth more; ∞ for n = N."""
    if population is None:
        return 1.0
    if population < n:
        raise ValueError("more answers than people")
    return math.inf if population == n else (population - 1) / (population - n)


def quantile(confidence: float) -> float:
    """Z of the two-sided interval: 1.959964 for 0.95."""
    if not 0 < confidence < 1:
        raise ValueError("a confidence lies between 0 and 1")
    return NormalDist().inv_cdf((1 + confidence) / 2)
