"""The outcome of a vote against a plain reference, and by published numbers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ballot.model.outcome import Kind, NextRound, Outcome, Reason, Voted, decide
from services.ballot.model.rules import Rules
from tests.services.ballot.samples import count, rules

C = "abcdefghijklmnopqrst"


def first(approvals: list[int], *, valid: int = 491, present: int = 491) -> Voted:
    """A first round in which candidate a got the first number, b the second …"""
    return Voted(Kind.FIRST, present, count(C[: len(approvals)], approvals, voting=valid))


def later(kind: Kind, approvals: dict[str, int], *, valid: int = 491) -> Voted:
    """A later round."""
    return Voted(kind, valid, count(list(approvals), list(approvals.values()), voting=valid))


def chosen(outcome: Outcome) -> set[str]:
    """Whoever is chosen."""
    return {id_ for id_, standing in outcome.standings.items() if standing.reason.is_chosen}


def reason(outcome: Outcome, id_: str) -> Reason:
    """Why it stands where it does."""
    return outcome.standings[id_].reason


def plain(approvals: list[int], *, roll: int, seats: int) -> tuple[set[str], set[str], int]:
    """The reference: chosen, tied and open seats by the words of the law, seat after seat."""
    left = {C[i]: n for i, n in enumerate(approvals) if n * 2 > roll}
    won: set[str] = set()
    while left and seats:
        best = [id_ for id_, n in left.items() if n == max(left.values())]
        if len(best) > seats:
            return won, set(best), seats
        won |= set(best)
        seats -= len(best)
        left = {id_: n for id_, n in left.items() if id_ not in best}
    return won, set(), seats


@st.composite
def votes(draw: st.DrawFn) -> tuple[int, int, list[int]]:
    """A roll, a number of seats, and approvals that are often level and often near the half."""
    roll = draw(st.integers(1, 60))
    seats = draw(st.integers(1, 12))
    near = st.integers(max(0, roll // 2 - 2), min(roll, roll // 2 + 3))
    approvals = st.lists(near | st.integers(0, roll), min_size=seats, max_size=20)
    return roll, seats, draw(approvals)


@given(votes())
def test_first_round_agrees_with_the_reference(vote: tuple[int, int, list[int]]) -> None:
    """Chosen, tied and open seats are those of the reference, for any counts."""
    roll, seats, approvals = vote
    voted = first(approvals, valid=roll, present=roll)
    outcome = decide(rules(seats=seats), roll=roll, rounds=[voted])
    won, tied, still_open = plain(approvals, roll=roll, seats=seats)
    assert chosen(outcome) == won
    assert {id_ for id_ in outcome.standings if reason(outcome, id_) is Reason.TIED} == tied
    assert outcome.open_seats == still_open
    assert (outcome.next is not None) == bool(tied)


@given(votes(), st.data())
def test_every_vote_comes_to_an_end(vote: tuple[int, int, list[int]], data: st.DataObject) -> None:
    """Round after round as asked for: seats are never overfilled, and nothing chosen is undone."""
    roll, seats, approvals = vote
    law = rules(seats=seats, shortfall="re-vote")
    rounds = [first(approvals, valid=roll, present=roll)]
    before: set[str] = set()
    for _ in range(30):
        outcome = decide(law, roll=roll, rounds=rounds)
        assert before <= chosen(outcome)
        assert len(chosen(outcome)) + outcome.open_seats == seats
        before = chosen(outcome)
        if outcome.next is None:
            break
        asked = outcome.next
        numbers = {id_: data.draw(st.integers(0, roll)) for id_ in asked.candidate_ids}
        if asked.kind is Kind.RUN_OFF:  # otherwise a tie may come back for ever
            numbers = dict(zip(numbers, range(len(numbers)), strict=True))
        rounds.append(later(asked.kind, numbers, valid=max(roll, 20)))
    assert decide(law, roll=roll, rounds=rounds).next is None
    assert [one.kind for one in rounds].count(Kind.RE_VOTE) <= 1


def test_eleventh_with_a_majority_is_not_chosen() -> None:
    """13 for 10 seats of 511: eleven pass, the one with the fewest of them goes without."""
    approvals = [480, 475, 470, 465, 460, 455, 450, 445, 440, 435, 300, 255, 100]
    outcome = decide(rules(), roll=511, rounds=[first(approvals)])
    assert chosen(outcome) == set(C[:10])
    assert reason(outcome, "a") is Reason.MOST_APPROVALS
    assert reason(outcome, "k") is Reason.FEWER_APPROVALS
    assert reason(outcome, "l") is Reason.BELOW_THRESHOLD
    assert outcome.open_seats == 0
    assert outcome.next is None


@pytest.mark.parametrize(
    ("approvals", "expected"), [(163, Reason.BELOW_THRESHOLD), (164, Reason.PASSED)]
)
def test_lishui_needs_164(approvals: int, expected: Reason) -> None:
    """Of 327 deputies 164 must approve, however many were present."""
    voted = first([approvals], valid=314, present=314)
    outcome = decide(rules(seats=1), roll=327, rounds=[voted])
    assert reason(outcome, "a") is expected


def test_siping_two_for_one() -> None:
    """45 papers, 2→1: 42 approvals (93.3 %) win."""
    outcome = decide(rules(seats=1), roll=45, rounds=[first([42, 3], valid=45, present=45)])
    assert chosen(outcome) == {"a"}
    assert reason(outcome, "b") is Reason.BELOW_THRESHOLD


def test_beipo_all_pass() -> None:
    """7→7, 51 approve each of 51: an equal-number vote fills every seat."""
    outcome = decide(rules(seats=7), roll=51, rounds=[first([51] * 7, valid=51, present=51)])
    assert chosen(outcome) == set(C[:7])
    assert {reason(outcome, id_) for id_ in C[:7]} == {Reason.PASSED}


@pytest.mark.parametrize(
    ("base", "share", "inclusive", "approvals", "passes"),
    [
        ("all", "1/2", False, 50, False),
        ("all", "1/2", False, 51, True),
        ("all", "1/2", True, 50, True),
        ("present", "1/2", False, 45, True),
        ("present", "1/2", False, 40, False),
        ("valid", "1/2", False, 31, True),
        ("valid", "2/3", True, 40, True),
        ("valid", "2/3", False, 40, False),
    ],
)
def test_threshold_is_data(
    base: str, share: str, inclusive: bool, approvals: int, passes: bool
) -> None:
    """100 deputies, 80 present, 60 valid papers: base, share and 以上/超过 decide."""
    bar = {"base": base, "share": share, "inclusive": inclusive}
    voted = first([approvals], valid=60, present=80)
    outcome = decide(rules(seats=1, threshold=bar), roll=100, rounds=[voted])
    assert (reason(outcome, "a") is Reason.PASSED) is passes


def test_without_a_threshold_the_most_approvals_win() -> None:
    """Lanting 2013: 完全按得票多少来确定; but what nobody approved is not chosen."""
    law = rules(seats=3, threshold=None)
    outcome = decide(law, roll=100, rounds=[first([1, 9, 5, 7], valid=90, present=90)])
    assert chosen(outcome) == {"b", "c", "d"}
    outcome = decide(law, roll=100, rounds=[first([0, 9, 5, 0], valid=90, present=90)])
    assert chosen(outcome) == {"b", "c"}
    assert reason(outcome, "a") is Reason.NO_APPROVAL


def test_no_valid_paper_chooses_nothing() -> None:
    """Half of no valid papers is no majority."""
    bar = {"base": "valid", "share": "1/2", "inclusive": True}
    outcome = decide(
        rules(seats=1, threshold=bar), roll=100, rounds=[first([0], valid=0, present=90)]
    )
    assert chosen(outcome) == set()


def tied_at_the_cut(**changed: Any) -> tuple[Rules, Voted]:
    """Four candidates for two seats: one ahead, two level, one behind; all pass."""
    return rules(seats=2, **changed), first([480, 400, 400, 300])


def test_tie_at_the_cut_asks_for_a_run_off_of_the_tied() -> None:
    """Only those who cannot be separated are voted on again, for what is left."""
    law, voted = tied_at_the_cut()
    outcome = decide(law, roll=511, rounds=[voted])
    assert chosen(outcome) == {"a"}
    assert outcome.next == NextRound(Kind.RUN_OFF, ("b", "c"), 1)
    assert reason(outcome, "d") is Reason.FEWER_APPROVALS


def test_run_off_is_won_by_the_most_approvals() -> None:
    """In the run-off the most approvals win, without a threshold (以得票多的当选)."""
    law, voted = tied_at_the_cut()
    run_off = later(Kind.RUN_OFF, {"b": 200, "c": 210})
    outcome = decide(law, roll=511, rounds=[voted, run_off])
    assert chosen(outcome) == {"a", "c"}
    assert (reason(outcome, "c"), reason(outcome, "b")) == (
        Reason.WON_RUN_OFF,
        Reason.LOST_RUN_OFF,
    )
    assert outcome.standings["c"].round == 2
    assert outcome.next is None


def test_run_off_may_tie_again() -> None:
    """Level again, they are voted on again."""
    law, voted = tied_at_the_cut()
    run_off = later(Kind.RUN_OFF, {"b": 200, "c": 200})
    outcome = decide(law, roll=511, rounds=[voted, run_off])
    assert outcome.next == NextRound(Kind.RUN_OFF, ("b", "c"), 1)


def test_level_above_the_cut_is_no_tie() -> None:
    """Two level candidates that both fit need no run-off."""
    outcome = decide(rules(seats=2), roll=511, rounds=[first([400, 400, 300])])
    assert chosen(outcome) == {"a", "b"}
    assert outcome.next is None


@pytest.mark.parametrize("shortfall", ["leave-vacant", "next-session"])
def test_shortfall_leaves_seats_open(shortfall: str) -> None:
    """Fewer pass than seats: the rest stays open in this session."""
    law = rules(seats=3, shortfall=shortfall)
    outcome = decide(law, roll=511, rounds=[first([400, 200, 100])])
    assert chosen(outcome) == {"a"}
    assert outcome.open_seats == 2
    assert outcome.next is None


def test_shortfall_with_a_re_vote() -> None:
    """The rest is voted on once more, by the same threshold; then open seats stay open."""
    law = rules(seats=3, shortfall="re-vote")
    voted = first([400, 200, 100, 50])
    outcome = decide(law, roll=511, rounds=[voted])
    assert outcome.next == NextRound(Kind.RE_VOTE, ("b", "c", "d"), 2)
    again = later(Kind.RE_VOTE, {"b": 300, "c": 200, "d": 10})
    outcome = decide(law, roll=511, rounds=[voted, again])
    assert chosen(outcome) == {"a", "b"}
    assert reason(outcome, "b") is Reason.PASSED
    assert outcome.open_seats == 1
    assert outcome.next is None


def test_re_vote_may_tie() -> None:
    """Level at the cut of a re-vote, they get their run-off."""
    law = rules(seats=2, shortfall="re-vote")
    rounds = [first([400, 200, 100]), later(Kind.RE_VOTE, {"b": 300, "c": 300})]
    outcome = decide(law, roll=511, rounds=rounds)
    assert outcome.next == NextRound(Kind.RUN_OFF, ("b", "c"), 1)
