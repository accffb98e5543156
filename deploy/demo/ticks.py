"""Marks of an electronic ballot on which each deputy ticks up to so many projects; made up."""

from __future__ import annotations

import random
from collections.abc import Sequence

from .count import majority
from .scene import Planned

#: What one deputy ticks, by the names of the candidates.
Ticks = frozenset[str]


def voting(present: int, roll: int) -> int:
    """How many of those present cast a ballot: two less, where a majority is left."""
    return present - min(present - majority(roll), 2)


def ticks(
    candidates: Sequence[Planned], *, roll: int, voters: int, rng: random.Random
) -> list[Ticks]:
    """What each voter ticks, so that just the chosen ones win.

    Where there is room for it, one candidate that has its majority is not chosen, because others
    have more approvals; the last ones have no majority.  Nobody ticks more than there are seats.
    """
    seats = sum(candidate.chosen for candidate in candidates)
    left: list[set[str]] = [set() for _ in range(voters)]
    for name, approvals in _approvals(candidates, seats, roll, voters, rng).items():
        # Whoever has ticked the fewest so far: so no deputy ends up with more than there are seats.
        order = sorted(range(voters), key=lambda voter: (len(left[voter]), rng.random()))
        for voter in order[:approvals]:
            left[voter].add(name)
    return [frozenset(one) for one in left]


def _approvals(
    candidates: Sequence[Planned], seats: int, roll: int, voters: int, rng: random.Random
) -> dict[str, int]:
    least = majority(roll)
    cut = min(voters, least + max(1, (voters - least) // 4))
    losers = [candidate for candidate in candidates if not candidate.chosen]
    # Ticks that may go to others when every chosen one gets as many as it needs.
    room = seats * (voters - cut)
    found = {}
    for candidate in losers:
        most = least // 2
        if candidate is losers[0] and least <= min(cut - 1, room):
            most = rng.randint(least, cut - 1)
        found[candidate.name] = min(most, room if most >= least else room // 2, cut - 1)
        room -= found[candidate.name]
    for candidate in candidates:
        if candidate.chosen:
            more = rng.randint(0, min(voters - cut, room))
            found[candidate.name] = cut + more
            room -= more
    return found
