"""Counts of a paper ballot that fit a roll, a presence and a number of seats; made up."""

from __future__ import annotations

import random
from dataclasses import dataclass

from .scene import Planned


@dataclass(frozen=True)
class PaperCount:
    """Papers, and per candidate what was marked on them: (approve, oppose, abstain)."""

    issued: int
    returned: int
    valid: int
    invalid: int
    marks: dict[str, tuple[int, int, int]]


def majority(roll: int) -> int:
    """The least number that is more than half of all deputies (全体代表的过半数)."""
    return roll // 2 + 1


def count(candidates: list[Planned], *, roll: int, present: int, rng: random.Random) -> PaperCount:
    """A count in which just the chosen ones win.

    Where there are enough candidates, one that has its majority is not chosen, because others have
    more approvals, and the last one has no majority.
    """
    least = majority(roll)
    spare = present - least
    returned = present - min(spare, 2)
    invalid = min(max(spare - 2, 0), 3)
    valid = returned - invalid
    cut = min(valid, least + max(1, (valid - least) // 4))
    losers = [candidate for candidate in candidates if not candidate.chosen]
    marks = {}
    for candidate in candidates:
        approve = rng.randint(cut, valid)
        if not candidate.chosen:
            first_of_several = candidate is losers[0] and len(losers) > 1
            alone = len(losers) == 1
            with_majority = (first_of_several or alone) and cut > least
            approve = (
                rng.randint(least, cut - 1) if with_majority else rng.randint(least // 3, least - 1)
            )
        # Most who do not approve oppose; the others leave it blank.
        rest = valid - approve
        oppose = rng.randint(rest // 2, rest)
        marks[candidate.name] = approve, oppose, rest - oppose
    return PaperCount(present, returned, valid, invalid, marks)
