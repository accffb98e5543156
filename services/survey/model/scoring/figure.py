"""A published figure: what it is, by which formula, of which numbers.

Values are exact fractions; they are rounded once, when a percentage is printed for people, half up
(四舍五入).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .words import Words

#: How percentages are rounded, said with every score.
HALF_UP = "half-up"


@dataclass(frozen=True)
class Rate:
    """``part`` of ``whole`` (> 0), kept as counted: 122/126 is not shortened to 61/63."""

    part: int
    whole: int

    def __str__(self) -> str:
        return f"{self.part}/{self.whole}"

    @classmethod
    def of(cls, value: Fraction) -> Rate:
        """Of a value that was computed and not counted."""
        return cls(value.numerator, value.denominator)

    @property
    def exact(self) -> Fraction:
        """The value, from 0 to 1."""
        return Fraction(self.part, self.whole)

    def percent(self, places: int) -> str:
        """The percentage with ``places`` decimals, half rounded up: 125 of 126 is ``99.21``."""
        return rounded(100 * self.exact, places)


def rounded(value: Fraction, places: int) -> str:
    """A number from 0 on with ``places`` decimals, half rounded up."""
    scaled = value * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    digits = str(whole).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


@dataclass(frozen=True)
class Figure:
    """One figure.

    ``formula``: what is divided by what, in words; ``worked``: the same in numbers.
    """

    name: str
    title: Words
    formula: Words
    rate: Rate
    worked: str

    @property
    def exact(self) -> Fraction:
        """The value, from 0 to 1."""
        return self.rate.exact

    def said(self, places: int) -> Words:
        """How it comes about, as one line."""
        percent = self.rate.percent(places)
        sign = "=" if Fraction(percent) == 100 * self.exact else "≈"
        percent = f"{self.worked} {sign} {percent}%"
        return Words(
            f"{self.title.zh} = {self.formula.zh} = {percent}",
            f"{self.title.en} = {self.formula.en} = {percent}",
        )

    def to_data(self, places: int, as_of: dt.date | dt.datetime) -> dict[str, Any]:
        """As everything that is published: exact value, the two numbers, rounded text, as-of."""
        return {
            "name": self.name,
            "formula": self.formula.to_data(),
            "part": self.rate.part,
            "whole": self.rate.whole,
            "value": str(self.rate),
            "percent": self.rate.percent(places),
            "as_of": as_of.isoformat(),
        }


def ratio(part: Fraction, whole: Fraction) -> Rate:
    """``part`` of ``whole``, as counted where both are whole numbers."""
    if part.denominator == whole.denominator == 1:
        return Rate(int(part), int(whole))
    return Rate.of(part / whole)
