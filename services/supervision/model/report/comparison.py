"""Last year beside this one: the same figure, as of the same day a year earlier."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable
from fractions import Fraction

from .figure import Figure


def a_year_before(day: dt.date) -> dt.date:
    """The same day of the year before; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def beside(now: Iterable[Figure], before: Iterable[Figure]) -> list[Figure]:
    """The figures of a year with those of the year before beside them, by their names."""
    known = {figure.name: figure for figure in before}
    return [_beside(figure, known.get(figure.name)) for figure in now]


def _beside(figure: Figure, previous: Figure | None) -> Figure:
    if previous is None:
        return figure
    return dataclasses.replace(figure, previous=previous, difference=_difference(figure, previous))


def _difference(now: Figure, before: Figure) -> int | float | None:
    if now.value is None or before.value is None:
        return None
    if now.denominator and before.denominator:
        return float(_exact(now) - _exact(before))
    return now.value - before.value


def _exact(figure: Figure) -> Fraction:
    return Fraction(figure.numerator or 0, figure.denominator or 1)
