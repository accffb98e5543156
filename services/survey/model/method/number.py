"""Exact numbers as people write them into a method: ``4/5``, ``60/100``, ``97.5``."""

from __future__ import annotations

import re
from fractions import Fraction

from services.commons.errors import Invalid

#: Bounded, since a Fraction of 1e999999999 would fill the memory.
PATTERN = r"[0-9]{1,6}(\.[0-9]{1,6}|/[1-9][0-9]{0,5})?"
_WRITTEN = re.compile(PATTERN, re.ASCII)


def exact(text: str, where: str) -> Fraction:
    """The number; raises Invalid, naming ``where``, on anything else than :data:`PATTERN`."""
    if isinstance(text, str) and _WRITTEN.fullmatch(text):
        return Fraction(text)
    raise Invalid(
        "number-malformed",
        f'{where} must be an exact number as text, such as "4/5" or "97.5"',
        f'{where} 应写成精确数的文本,如 "4/5" 或 "97.5"',
        errors=[{"pointer": where, "detail": '应如 "4/5" 或 "97.5" (an exact number as text)'}],
    )
