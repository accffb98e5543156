"""Exact numbers: fractions of decimals as they were written, and how they are rounded."""

from __future__ import annotations

from fractions import Fraction


def exact(number: float | str) -> Fraction:
    """A number as it was written: 0.1 is a tenth, and not the nearest binary fraction."""
    return Fraction(str(number))


def rounded(number: Fraction, places: int) -> str:
    """The number with so many decimals, half rounded away from zero (四舍五入)."""
    scaled = abs(number) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    digits = str(whole).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{text}" if number < 0 and whole else text
