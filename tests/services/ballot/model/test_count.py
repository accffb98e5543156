"""A count adds up or is refused, with the place of the mistake."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ballot.model.count import Count, joined
from services.ballot.model.rules import Rules
from services.commons.errors import Invalid
from tests.services.ballot.samples import online, rules

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


def test_judging_each_up_to_the_seats_has_a_limit_too() -> None:
    """Kind 3: opposing is allowed, and nobody approves more projects than there are seats."""
    up_to: dict[str, Any] = {"choice": "approve-oppose-abstain-up-to"}
    even = {"valid": 300, "issued": 300, "returned": 300, "invalid": 0}
    check(written(**even) | _marks(200, 60, 40), **up_to)
    assert refused(written(**even) | _marks(201, 60, 39), **up_to) == ["/candidates"]
    check(written(**even) | _marks(201, 60, 39))


BOTH = rules(choice="approve-oppose-abstain-up-to", seats=2, **online())
#: A paper: a mark for each candidate, or None if it is invalid.
Paper = tuple[str, ...] | None


@st.composite
def papers(draw: st.DrawFn, least: int) -> list[Paper]:
    """At least so many valid papers with at most two approvals each, and some invalid ones."""
    marks = st.tuples(*[st.sampled_from(["approve", "oppose", "abstain"])] * len(IDS))
    fair = marks.filter(lambda one: one.count("approve") <= 2)
    valid: list[Paper] = draw(st.lists(fair, min_size=least, max_size=12))
    return valid + [None] * draw(st.integers(0, 3))


def counted(medium: str, cast: list[Paper], unused: int) -> Count:
    """The plain count of papers, some more of which were handed out than came back."""
    valid = [paper for paper in cast if paper is not None]
    data = {
        "medium": medium,
        "issued": len(cast) + unused,
        "returned": len(cast),
        "valid": len(valid),
        "invalid": len(cast) - len(valid),
        "candidates": [
            {"candidate_id": id_}
            | {mark: sum(p[n] == mark for p in valid) for mark in ("approve", "oppose", "abstain")}
            for n, id_ in enumerate(IDS)
        ],
    }
    return Count.from_data(data)


@given(papers(5), papers(4), st.integers(0, 3), st.integers(0, 3))
def test_a_joint_count_is_the_count_of_all_ballots_together(
    cast: list[Paper], returned: list[Paper], kept: int, unused: int
) -> None:
    """Against a plain count of the electronic ballots and the papers on one heap."""
    electronic, paper = counted("electronic", cast, kept), counted("paper", returned, unused)
    present = len(cast) + len(returned)
    both = joined(electronic, paper, BOTH, present)
    heap = counted("electronic-and-paper", cast + returned, kept + unused)
    assert both == heap
    both.check(BOTH, candidate_ids=IDS, seats=2, present=present)
    with pytest.raises(Invalid) as caught:
        joined(electronic, paper, BOTH, present - 1)
    assert [error["pointer"] for error in caught.value.errors] == ["/returned"]


@given(papers(5), papers(1))
def test_papers_join_only_from_the_least_number_on(cast: list[Paper], some: list[Paper]) -> None:
    """Invalid papers do not make up for valid ones, among which nobody could hide."""
    valid = sum(paper is not None for paper in some)
    electronic, paper = counted("electronic", cast, 0), counted("paper", some, 0)
    needed = BOTH.to_data()
    for least in (valid, valid + 1):
        law = Rules.from_data(needed | online(least_papers=least))
        if least <= valid:
            assert joined(electronic, paper, law, 99).valid == electronic.valid + valid
        else:
            with pytest.raises(Invalid) as caught:
                joined(electronic, paper, law, 99)
            assert [e["pointer"] for e in caught.value.errors] == ["/paper/valid"]


FIVE: list[Paper] = [("approve", "approve", "oppose")] * 5


@pytest.mark.parametrize(
    ("parts", "law", "where"),
    [
        (("paper", "paper"), BOTH, "/medium"),
        (("electronic", "hands"), BOTH, "/medium"),
        (("electronic", "paper"), rules(), "/medium"),
        (("electronic", "paper"), rules(**online() | {"media": ["electronic"]}), "/medium"),
        (("electronic", "paper"), rules(**online(least_ballots=6)), "/electronic/returned"),
    ],
)
def test_what_cannot_be_joined(parts: tuple[str, str], law: Rules, where: str) -> None:
    """Other media than one of each, a method without both, too few electronic ballots."""
    first, second = (counted(medium, FIVE, 0) for medium in parts)
    with pytest.raises(Invalid) as caught:
        joined(first, second, law, 99)
    assert caught.value.code == "counts-cannot-join"
    assert where in [error["pointer"] for error in caught.value.errors]


def test_parts_of_different_candidates_are_not_joined() -> None:
    """Both must be of the same round, and each must add up by itself."""
    electronic, paper = counted("electronic", FIVE, 0), counted("paper", FIVE, 0).to_data()
    fewer = Count.from_data(paper | {"candidates": paper["candidates"][:2]})
    wrong = Count.from_data(paper | {"valid": 4})
    for part, where in ((fewer, "/paper/candidates"), (wrong, "/paper/valid")):
        with pytest.raises(Invalid) as caught:
            joined(electronic, part, BOTH, 99)
        assert where in [error["pointer"] for error in caught.value.errors]


def test_more_of_one_part_than_was_handed_out_voids_the_vote() -> None:
    """One paper too many is not hidden by a credential that was not used."""
    electronic, paper = counted("electronic", FIVE, 3), counted("paper", FIVE, -1)
    with pytest.raises(Invalid, match="vote-void"):
        joined(electronic, paper, BOTH, 99)


def test_prevented_overvotes_leave_no_invalid_ballot() -> None:
    """Where too many marks are impossible by proof, a blank ballot cannot have been cast."""
    cast = counted("electronic", [*FIVE, None], 0)
    cast.check(BOTH, candidate_ids=IDS, seats=2, present=6)
    law = rules(**online(overvote="prevented"))
    with pytest.raises(Invalid) as caught:
        cast.check(law, candidate_ids=IDS, seats=2, present=6)
    assert [error["pointer"] for error in caught.value.errors] == ["/invalid"]
