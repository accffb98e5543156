"""Weights (权数) that make those who answered stand for those who were to answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from services.commons.errors import Invalid

Number = int | float | Fraction


@dataclass(frozen=True)
class Weights:
    """The weight of each cell's answers; their mean over all answers is 1.

    ``method``: ``none``, ``post-stratify`` or ``rake``.  ``capped``: cells whose weight was cut to
    the cap.  ``rounds``, ``deviation``: of raking, how many rounds it took and the largest share by
    which a margin is still missed (0 unless capped).
    """

    by_cell: Mapping[str, Number]
    method: str = "none"
    capped: tuple[str, ...] = ()
    rounds: int = 0
    deviation: Number = 0

    @classmethod
    def equal(cls, cells: Mapping[str, int]) -> Weights:
        """Everybody counts once."""
        return cls(dict.fromkeys(cells, Fraction(1)))


def capped(
    weights: Mapping[str, Number], returned: Mapping[str, int], cap: Number
) -> dict[str, Number]:
    """The weights with none above ``cap`` times their mean; what is cut off goes to the others.

    Those below share it in proportion, so that the sum stays; who comes above by that is cut too.
    """
    if cap < 1:
        raise Invalid(
            "weight-cap-too-small",
            "a cap is a multiple of the mean weight and at least 1",
            "权数上限是平均权数的倍数,不得小于 1",
        )
    total = sum(weights[cell] * returned[cell] for cell in weights)
    answers = sum(returned[cell] for cell in weights)
    limit = cap * total / answers if answers else cap
    kept, cut = dict(weights), set[str]()
    while over := {cell for cell in kept if cell not in cut and kept[cell] > limit}:
        cut |= over
        below = sum(kept[cell] * returned[cell] for cell in kept if cell not in cut)
        left = total - limit * sum(returned[cell] for cell in cut)
        if below == 0:  # all lie at the limit, which is then the mean
            return dict.fromkeys(kept, limit)
        kept = {cell: limit if cell in cut else kept[cell] * left / below for cell in kept}
    return kept
