"""What a vote decides: threshold, most approvals, ties, run-offs, shortfall; a pure function.

Source: 地方组织法 (2022) art. 25 and 29 and 选举法 (2020) art. 45, the latter two by analogy.
Whoever passes the threshold is chosen while there are seats; among too many the most approvals
win; those who cannot be separated at the last seat are voted on again, they alone, and the most
approvals win; what remains open is dealt with as the method says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from .count import Count
from .rules import Rules


class Kind(StrEnum):
    """Why a round is held."""

    FIRST = "first"
    RUN_OFF = "run-off"
    RE_VOTE = "re-vote"


class Reason(StrEnum):
    """Why a candidate was chosen, or was not."""

    PASSED = "passed"
    MOST_APPROVALS = "most-approvals"
    WON_RUN_OFF = "won-run-off"
    TIED = "tied"
    FEWER_APPROVALS = "fewer-approvals"
    BELOW_THRESHOLD = "below-threshold"
    NO_APPROVAL = "no-approval"
    LOST_RUN_OFF = "lost-run-off"

    @property
    def is_chosen(self) -> bool:
        """Whether it makes the candidate one of the year's projects."""
        return self in (Reason.PASSED, Reason.MOST_APPROVALS, Reason.WON_RUN_OFF)


@dataclass(frozen=True)
class Voted:
    """One confirmed round: its count, and how many deputies were present at it.

    ``number``: of the round; None: its place among those that are given.
    """

    kind: Kind
    present: int
    count: Count
    number: int | None = None


@dataclass(frozen=True)
class Standing:
    """Where a candidate stands, by which round (from 1)."""

    reason: Reason
    round: int


@dataclass(frozen=True)
class NextRound:
    """A round that must still be held: among whom, for how many seats."""

    kind: Kind
    candidate_ids: tuple[str, ...]
    seats: int


@dataclass
class Outcome:
    """What all rounds together decide.

    ``standings``: by candidate; ``open_seats``: not filled; ``next``: None once it is settled.
    """

    open_seats: int
    standings: dict[str, Standing] = field(default_factory=dict)
    next: NextRound | None = None


def decide(rules: Rules, *, roll: int, rounds: Sequence[Voted]) -> Outcome:
    """The outcome of the rounds held so far; ``roll``: all deputies (全体代表)."""
    outcome = Outcome(open_seats=rules.seats)
    for place, voted in enumerate(rounds, 1):
        number = voted.number or place
        reasons = _reasons(rules, roll, voted, outcome.open_seats)
        outcome.standings |= {id_: Standing(reason, number) for id_, reason in reasons.items()}
        outcome.open_seats -= sum(reason.is_chosen for reason in reasons.values())
    outcome.next = _next(rules, outcome, [voted.kind for voted in rounds])
    return outcome


def least_approvals(rules: Rules, *, roll: int, present: int, valid: int) -> int | None:
    """The smallest number of approvals that passes; None where the method knows no threshold."""
    bar = rules.threshold
    if bar is None:
        return None
    return bar.threshold.least(bar.whole(roll=roll, present=present, valid=valid))


def _reasons(rules: Rules, roll: int, voted: Voted, seats: int) -> dict[str, Reason]:
    approvals = voted.count.approvals
    if voted.kind is Kind.RUN_OFF:
        # They passed the threshold before, or there was none: now the most approvals win.
        return _most_approvals(approvals, seats, Reason.WON_RUN_OFF, Reason.LOST_RUN_OFF)
    below = {id_: why for id_, n in approvals.items() if (why := _fails(rules, roll, voted, n))}
    passing = {id_: n for id_, n in approvals.items() if id_ not in below}
    if len(passing) <= seats:
        return below | dict.fromkeys(passing, Reason.PASSED)
    return below | _most_approvals(passing, seats, Reason.MOST_APPROVALS, Reason.FEWER_APPROVALS)


def _fails(rules: Rules, roll: int, voted: Voted, approvals: int) -> Reason | None:
    bar = rules.threshold
    if bar is not None:
        whole = bar.whole(roll=roll, present=voted.present, valid=voted.count.valid)
        if not bar.threshold.met_by(approvals, whole):
            return Reason.BELOW_THRESHOLD
    # No method says so and none needs to: what nobody approved is not chosen.
    return None if approvals else Reason.NO_APPROVAL


def _most_approvals(
    approvals: Mapping[str, int], seats: int, won: Reason, lost: Reason
) -> dict[str, Reason]:
    """Fill the seats by approvals; those who share the last seats' number are tied."""
    last = sorted(approvals.values(), reverse=True)[seats - 1]
    level = [id_ for id_, n in approvals.items() if n == last]
    above = sum(n > last for n in approvals.values())
    at_cut = won if above + len(level) == seats else Reason.TIED
    return {id_: at_cut if n == last else won if n > last else lost for id_, n in approvals.items()}


def _next(rules: Rules, outcome: Outcome, held: Sequence[Kind]) -> NextRound | None:
    standings = outcome.standings
    tied = tuple(id_ for id_, standing in standings.items() if standing.reason is Reason.TIED)
    if tied:
        return NextRound(Kind.RUN_OFF, tied, outcome.open_seats)
    rest = tuple(id_ for id_, standing in standings.items() if not standing.reason.is_chosen)
    again = rules.shortfall == Kind.RE_VOTE.value and Kind.RE_VOTE not in held
    if held and outcome.open_seats and rest and again:
        return NextRound(Kind.RE_VOTE, rest, outcome.open_seats)
    return None
