"""The ballot box, by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ballot.annex.box import MOST_BALLOTS, Box
from services.ballot.belenios.refused import Refused


def test_ballots_of_the_roll_go_in() -> None:
    """Everybody's first, and another one where that is allowed."""
    box = Box(["a", "b"])
    box.take("a", ["1", "2"], "x")
    box.take("b", ["3", "4"], "y")
    box.take("a", ["5", "6"], "z")


def test_a_credential_votes_so_often_and_no_more() -> None:
    """Each by itself; without a limit there is none, as in an election without an annex."""
    limited, free = Box(["a", "b"], most=MOST_BALLOTS), Box(["a"])
    for n in range(MOST_BALLOTS):
        for box in (limited, free):
            box.take("a", [f"a{n}"], "x")
    with pytest.raises(Refused, match="too-many-recasts|10 ballots"):
        limited.take_vote("a")
    limited.take("b", ["b"], "x")
    free.take("a", ["more"], "x")


@pytest.mark.parametrize(
    ("credential", "alphas", "digest", "code"),
    [
        ("c", ["9"], "z", "unknown-credential"),
        ("w", ["9"], "z", "withdrawn-credential"),
        ("b", ["9"], "s", "spoiled-ballot"),
        ("a", ["9"], "z", "no-recast"),
        ("b", ["9", "2"], "z", "alpha-seen"),
    ],
)
def test_others_do_not(credential: str, alphas: list[str], digest: str, code: str) -> None:
    """Each rule refuses by itself."""
    box = Box(["a", "b", "w"], recast=False, withdrawn=["w"], spoiled=["s"])
    box.take("a", ["1", "2"], "x")
    with pytest.raises(Refused, match=code):
        box.take(credential, alphas, digest)


@given(st.lists(st.lists(st.integers(0, 20), min_size=1, max_size=3, unique=True)))
def test_no_ciphertext_goes_in_twice(ballots: list[list[int]]) -> None:
    """Whatever comes: what is in the box is disjoint, and all that would be is taken."""
    box, taken = Box(["a"]), set[int]()
    for alphas in ballots:
        if taken.isdisjoint(alphas):
            box.take("a", list(map(str, alphas)), "x")
            taken.update(alphas)
        else:
            with pytest.raises(Refused, match="alpha-seen"):
                box.take("a", list(map(str, alphas)), "x")
