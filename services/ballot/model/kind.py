"""Which kind of electronic ballot a method's choice is, and how many it may approve."""

from __future__ import annotations

from ..annex.copying import BOTH, EACH, SOME
from .rules import Choice

_KINDS = {
    Choice.TICK_UP_TO: SOME,
    Choice.TICK_EXACTLY: SOME,
    Choice.EACH: EACH,
    Choice.EACH_UP_TO: BOTH,
}


def kind_of(choice: Choice) -> int:
    """The kind, as ``services.ballot.annex.copying`` numbers them."""
    return _KINDS[choice]


def limits(choice: Choice, candidates: int, seats: int) -> tuple[int, int]:
    """How many a ballot approves, at least and at most.

    Where each candidate is judged by itself there is no limit, and where there are fewer
    candidates than seats none beyond them.
    """
    most = min(seats, candidates) if choice.has_limit else candidates
    return (most if choice is Choice.TICK_EXACTLY else 0), most
