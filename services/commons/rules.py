"""Fractions and comparisons as the rules of congresses state them, exact and as data.

以上 and 半数以上 include the number itself, 超过 and 过半数 do not (民法典 art. 1259, by analogy).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .errors import Invalid

# Bounded, since a Fraction of 1e999999999 would fill the memory.
_SHARE = re.compile(r"[0-9]{1,6}(/[0-9]{1,6})?", re.ASCII)


@dataclass(frozen=True)
class Threshold:
    """A share of a whole that must be reached (``inclusive``) or exceeded.

    Written as data: ``{"share": "2/3", "inclusive": true}``.
    """

    share: Fraction
    inclusive: bool

    @classmethod
    def from_data(cls, data: dict[str, Any], where: str = "") -> Threshold:
        """Read the written form; raises Invalid, naming ``where``, on anything else."""
        try:
            text, inclusive = data["share"], data["inclusive"]
            share = Fraction(text) if _SHARE.fullmatch(text) else Fraction(-1)
        except (KeyError, TypeError, ZeroDivisionError):
            share, inclusive = Fraction(-1), None
        if not 0 <= share <= 1 or not isinstance(inclusive, bool):
            raise Invalid(
                "threshold-malformed",
                f'{where or "a threshold"} must be {{"share": "2/3", "inclusive": true}} '
                "with a share from 0 to 1",
                f'{where or "界限"}应写成 {{"share": "2/3", "inclusive": true}},份额在 0 与 1 之间',
            )
        return cls(share, inclusive)

    def to_data(self) -> dict[str, Any]:
        """The written form."""
        return {"share": str(self.share), "inclusive": self.inclusive}

    def met_by(self, part: int, whole: int) -> bool:
        """Whether ``part`` of ``whole`` satisfies the rule, in integers."""
        left, right = part * self.share.denominator, whole * self.share.numerator
        return left >= right if self.inclusive else left > right

    def least(self, whole: int) -> int:
        """The smallest part that satisfies the rule."""
        exact = self.share * whole
        floor = exact.numerator // exact.denominator
        if self.inclusive:
            return floor if exact == floor else floor + 1
        return floor + 1
