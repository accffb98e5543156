"""A count adds up or is refused, with the place of the mistake."""

from __future__ import annotations

from typing import Any

import pytest

from services.ballot.model.count import Count
from services.commons.errors import Invalid
from tests.services.ballot.samples import rules

IDS = ["a", "b", "c"]


def written(**changed: Any) -> dict[str, Any]:
    """Lishui's papers, 314 issued and returned, one of them invalid, for three candidates."""
    return {
        "medium": "paper",
        "issued": 314,
        "returned": 314,
        "valid": 313,
        "invalid": 1,
        "candidates": [
            {"candidate_id": id_, "approve": 300, "oppose": 3, "abstain": 10} for id_ in IDS
        ],
    } | changed


def check(data: dict[str, Any], *, seats: int = 2, present: int = 314, **changed: Any) -> None:
    """Check it under the statutory rules, or others."""
    Count.from_data(data).check(rules(**changed), candidate_ids=IDS, seats=seats, present=present)


def refused(data: dict[str, Any], **how: Any) -> list[str]:
    """The places for which it is refused."""
    with pytest.raises(Invalid) as caught:
        check(data, **how)
    assert caught.value.code == "count-does-not-add-up"
    return [error["pointer"] for error in caught.value.errors]


def ticks(*approvals: int, valid: int) -> dict[str, Any]:
    """A count of ticked papers."""
    return written(
        issued=valid,
        returned=valid,
        valid=valid,
        invalid=0,
        candidates=[
            {"candidate_id": id_, "approve": n, "oppose": 0, "abstain": valid - n}
            for id_, n in zip(IDS, approvals, strict=True)
        ],
    )


def test_a_count_that_adds_up() -> None:
    """It is accepted, and its written form comes back."""
    check(written())
    assert Count.from_data(written()).to_data() == written()


def test_fewer_returned_than_issued_is_valid() -> None:
    """收回少于或等于发出,有效 (选举法 art. 44, by analogy)."""
    check(written(issued=314, returned=310, valid=310, invalid=0) | _marks(300, 0, 10))


def _marks(approve: int, oppose: int, abstain: int) -> dict[str, Any]:
    marks = {"approve": approve, "oppose": oppose, "abstain": abstain}
    return {"candidates": [{"candidate_id": id_, **marks} for id_ in IDS]}


def test_more_returned_than_issued_is_a_void_vote() -> None:
    """收回多于发出: the vote is void and must be held again."""
    with pytest.raises(Invalid) as caught:
        check(written(returned=315, valid=314))
    assert caught.value.code == "vote-void"


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"valid": 312}, "/valid"),
        ({"invalid": 0}, "/valid"),
        ({"issued": 315}, "/issued"),
        ({"medium": "device"}, "/medium"),
        (_marks(300, 3, 9), "/candidates/0"),
        ({"candidates": written()["candidates"][:2]}, "/candidates"),
        ({"candidates": [*written()["candidates"][:2], written()["candidates"][0]]}, "/candidates"),
    ],
)
def test_what_does_not_add_up_is_refused(changed: dict[str, Any], where: str) -> None:
    """Each equation that fails is named."""
    assert where in refused(written(**changed))


def test_medium_must_be_one_of_the_method() -> None:
    """A method of paper only takes no show of hands."""
    assert "/medium" in refused(_hands(300), media=["paper"])


def _hands(voting: int, **changed: Any) -> dict[str, Any]:
    papers = {"issued": voting, "returned": voting, "valid": voting, "invalid": 0}
    return written(medium="hands", **(papers | changed)) | _marks(voting - 10, 4, 6)


def test_hands_count_those_who_voted() -> None:
    """By show of hands there is one number of voters, at most those present."""
    check(_hands(300))
    assert "/medium" in refused(_hands(300, issued=301))
    assert "/issued" in refused(_hands(315))


def test_ticks_never_oppose() -> None:
    """Where papers are ticked nobody can oppose."""
    places = refused(written(), choice="tick-up-to")
    assert "/candidates/0/oppose" in places


def test_ticks_are_at_most_the_seats_of_the_round() -> None:
    """A paper with more ticks than seats is void, so approvals have a limit."""
    check(ticks(300, 200, 100, valid=300), choice="tick-up-to")
    assert refused(ticks(300, 200, 101, valid=300), choice="tick-up-to") == ["/candidates"]
    assert refused(ticks(200, 101, 0, valid=300), seats=1, choice="tick-up-to") == ["/candidates"]


def test_exact_ticks_are_just_the_seats() -> None:
    """恰好选足: a paper with fewer ticks is void too."""
    exactly: dict[str, Any] = {"choice": "tick-exactly", "undervote": "void"}
    check(ticks(300, 200, 100, valid=300), **exactly)
    assert refused(ticks(300, 200, 99, valid=300), **exactly) == ["/candidates"]
