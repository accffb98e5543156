"""A ballot from its opening to the certified result."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.ballot.model.ballot import Ballot, State
from services.ballot.model.outcome import Kind
from services.commons.errors import Conflict, Forbidden, Invalid, ServiceError
from tests.services.ballot.samples import (
    NOON,
    chosen,
    count,
    day,
    method,
    opened,
    reasons,
    session,
    shortlist,
    vote,
)

#: Synthetic: eleven pass 256 of 511, the eleventh finds no seat, the twelfth lacks one approval.
THIRTEEN = [480, 475, 470, 465, 460, 455, 450, 445, 440, 435, 300, 255, 100]


def opening(**changed: Any) -> Ballot:
    """Open a ballot in a way of one's own."""
    given: dict[str, Any] = {
        "session": session(),
        "shortlist": shortlist(13),
        "method": method(),
        "roll": 511,
        "present": 491,
        "opened_on": day("02-22"),
        "recorded_at": NOON,
    }
    return Ballot.open(**(given | changed))


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"present": 340}, "no-quorum"),
        ({"roll": 0, "present": 0}, "no-quorum"),
        ({"method": method(adopted=False)}, "method-not-adopted"),
        ({"method": method(body="standing-committee")}, "method-of-another-body"),
        ({"opened_on": day("02-19")}, "method-not-adopted"),
        ({"opened_on": day("02-23")}, "day-outside-session"),
        ({"shortlist": shortlist(9)}, "margin-too-small"),
        ({"shortlist": shortlist(12), "method": method(min_margin=3)}, "margin-too-small"),
        ({"shortlist": shortlist(11), "method": method(min_margin="1/5")}, "margin-too-small"),
    ],
)
def test_what_cannot_be_opened(changed: dict[str, Any], code: str) -> None:
    """Without quorum, adopted method, session or margin there is no ballot."""
    with pytest.raises(ServiceError) as caught:
        opening(**changed)
    assert caught.value.code == code


def test_a_shortlist_adopted_later_cannot_be_voted_on() -> None:
    """The candidates must be settled before the vote."""
    late = shortlist(13)
    late.adopted_on = day("02-23")
    with pytest.raises(Conflict, match="shortlist-not-adopted"):
        opening(shortlist=late)


def test_opening_is_told() -> None:
    """The event names session, method and candidates."""
    ballot = opening(present=341)
    (event,) = ballot.take_recorded()
    data = ballot.public_state() | event.detail
    assert event.type == "ballot.opened.v1"
    assert data["candidate_ids"] == [one["id"] for one in ballot.candidates]
    assert data["round"] == 1


def test_thirteen_for_ten_of_hangzhou() -> None:
    """The whole way: counted, confirmed by another, certified, each candidate with its reason."""
    ballot = opened()
    ids = ballot.round.candidate_ids
    papers = {"issued": 491, "returned": 490, "valid": 489, "invalid": 1}
    counted = count(ids, THIRTEEN, **papers)
    ballot.enter_count(counted, by="one", on=day("02-22"), present=491)
    assert ballot.state == State.COUNTED
    assert ballot.verdicts == []
    ballot.confirm_count(1, by="two", on=day("02-22"))
    assert ballot.state == State.DECIDED
    assert chosen(ballot) == list(range(1, 11))
    assert reasons(ballot)[9:] == [
        "most-approvals",
        "fewer-approvals",
        "below-threshold",
        "below-threshold",
    ]
    assert "255" in ballot.verdicts[11]["reason_zh"]
    assert "256" in ballot.verdicts[11]["reason_en"]
    ballot.certify(by="chief", on=day("02-22"))
    assert ballot.state == State.CERTIFIED
    detail = ballot.take_recorded()[-1].detail
    assert (detail["roll"], detail["present"], detail["vacant_seats"]) == (511, 491, 0)
    assert sum(one["chosen"] for one in detail["candidates"]) == 10
    assert detail["rounds"][0]["candidates"][0]["approve"] == 480


def test_who_entered_a_count_may_replace_it() -> None:
    """Until it is confirmed, she and nobody else corrects it."""
    ballot = opened()
    ids, on = ballot.round.candidate_ids, day("02-22")
    ballot.enter_count(count(ids, [300] * 13), by="one", on=on, present=491)
    with pytest.raises(Forbidden, match="count-of-another"):
        ballot.enter_count(count(ids, THIRTEEN), by="two", on=on, present=491)
    ballot.enter_count(count(ids, THIRTEEN), by="one", on=on, present=491)
    ballot.confirm_count(1, by="two", on=on)
    assert chosen(ballot) == list(range(1, 11))
    with pytest.raises(Conflict, match="ballot-state"):
        ballot.enter_count(count(ids, THIRTEEN), by="one", on=on, present=491)


def test_nobody_confirms_her_own_count() -> None:
    """Two different people stand for a count."""
    ballot = opened()
    counted = count(ballot.round.candidate_ids, THIRTEEN)
    ballot.enter_count(counted, by="one", on=day("02-22"), present=491)
    with pytest.raises(Forbidden, match="same-scrutineer"):
        ballot.confirm_count(1, by="one", on=day("02-22"))
    with pytest.raises(Conflict, match="round-not-current"):
        ballot.confirm_count(2, by="two", on=day("02-22"))
    with pytest.raises(Invalid, match="day-before"):
        ballot.confirm_count(1, by="two", on=day("02-21"))


def test_a_void_vote_leaves_nothing_behind() -> None:
    """More returned than issued: refused, and the round waits for the vote to be held again."""
    ballot = opened()
    ids = ballot.round.candidate_ids
    void = count(ids, THIRTEEN, issued=490, returned=491)
    with pytest.raises(Invalid, match="vote-void"):
        ballot.enter_count(void, by="one", on=day("02-22"), present=491)
    assert ballot.state == State.OPEN
    assert ballot.round.count is None


def test_late_arrivals_may_vote() -> None:
    """Papers are bounded by who had signed in when they were counted, not when it was opened."""
    ballot = opened(present=400)
    counted = count(ballot.round.candidate_ids, THIRTEEN)
    ballot.enter_count(counted, by="one", on=day("02-22"), present=491)
    assert ballot.round.present == 491


def test_tie_and_run_off() -> None:
    """A tie at the cut waits for a run-off among the tied, with its own quorum and event."""
    ballot = opened(4, seats=2)
    vote(ballot, [480, 400, 400, 300])
    assert ballot.state == State.TIED
    assert reasons(ballot)[1:3] == ["tied", "tied"]
    with pytest.raises(Conflict, match="ballot-state"):
        ballot.certify(by="chief", on=day("02-22"))
    with pytest.raises(Conflict, match="ballot-state"):
        ballot.open_next(Kind.RE_VOTE, present=491, on=day("02-22"))
    with pytest.raises(Conflict, match="no-quorum"):
        ballot.open_next(Kind.RUN_OFF, present=340, on=day("02-22"))
    with pytest.raises(Invalid, match="day-outside-session"):
        ballot.open_next(Kind.RUN_OFF, present=491, on=day("02-23"))
    ballot.open_next(Kind.RUN_OFF, present=450, on=day("02-22"))
    event = ballot.take_recorded()[-1]
    assert (event.type, event.detail["round"]) == ("ballot.opened.v1", 2)
    assert event.detail["candidate_ids"] == [one["id"] for one in ballot.candidates[1:3]]
    vote(ballot, [200, 210], voting=450)
    assert ballot.state == State.DECIDED
    assert chosen(ballot) == [1, 3]
    assert reasons(ballot) == [
        "most-approvals",
        "lost-run-off",
        "won-run-off",
        "fewer-approvals",
    ]
    ballot.certify(by="chief", on=day("02-22"))
    detail = ballot.take_recorded()[-1].detail
    assert [one["present"] for one in detail["rounds"]] == [491, 450]
    assert detail["present"] == 491


def test_shortfall_with_a_re_vote() -> None:
    """Too few pass: the method asks for one re-vote of the rest, then seats stay open."""
    ballot = opened(4, seats=3, shortfall="re-vote")
    vote(ballot, [400, 200, 100, 50])
    assert ballot.state == State.SHORT
    ballot.open_next(Kind.RE_VOTE, present=491, on=day("02-22"))
    vote(ballot, [300, 200, 10])
    assert ballot.state == State.DECIDED
    assert chosen(ballot) == [1, 2]
    assert ballot.open_seats == 1


def test_shortfall_left_vacant() -> None:
    """Where the method leaves seats vacant the result says how many."""
    ballot = opened(4, seats=3)
    vote(ballot, [400, 200, 100, 50])
    ballot.certify(by="chief", on=day("02-22"))
    assert ballot.take_recorded()[-1].detail["vacant_seats"] == 2


def test_certified_is_the_end() -> None:
    """Nothing happens to a certified ballot."""
    ballot = opened(2, seats=1)
    vote(ballot, [400, 200])
    ballot.certify(by="chief", on=day("02-22"))
    acts: list[Callable[[], None]] = [
        lambda: ballot.certify(by="chief", on=day("02-22")),
        lambda: ballot.open_next(Kind.RUN_OFF, present=491, on=day("02-22")),
        lambda: ballot.confirm_count(1, by="two", on=day("02-22")),
    ]
    for act in acts:
        with pytest.raises(Conflict, match="ballot-state"):
            act()


def test_by_show_of_hands() -> None:
    """The fallback when a device fails: counts only, by those who voted."""
    ballot = opened(2, seats=1)
    vote(ballot, [400, 80], medium="hands")
    assert chosen(ballot) == [1]
