"""What is odd about the answers is told, and changes nothing."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.survey.model.notice import (
    bursts,
    disagreeing,
    straight_lined,
    unbalanced,
    without_straight,
)


def test_straight_lined_forms_are_told_with_their_weight() -> None:
    """How many, and the headline with and without them."""
    rates = {"with": Fraction(3, 4), "without": Fraction(2, 3)}
    (notice,) = straight_lined("residents", 40, {"satisfied": 10}, rates)
    assert notice.number == 10 and "75.00%" in notice.text and "66.67%" in notice.text
    (notice,) = straight_lined("residents", 40, {"satisfied": 3}, None)
    assert "%" not in notice.text
    assert list(straight_lined("residents", 40, {}, None)) == []


@given(st.integers(0, 60), st.integers(0, 60), st.integers(1, 12))
def test_nobody_is_singled_out(straight: int, others: int, minimum: int) -> None:
    """The difference is told only where both parts of it are as large as a cell must be."""
    told = without_straight(straight + others, {"satisfied": straight}, minimum)
    assert (told is not None) == (straight >= minimum and others >= minimum)


@pytest.mark.parametrize(
    ("issued", "spent", "returned", "kinds"),
    [
        (10, 4, 4, []),
        (10, 5, 4, ["tokens-and-forms"]),
        (4, 5, 5, ["tokens-and-issued"]),
        (None, 4, 5, ["tokens-and-forms"]),
    ],
)
def test_tokens_and_forms_must_agree(
    issued: int | None, spent: int, returned: int, kinds: list[str]
) -> None:
    """A spent token is a form; more than were issued cannot be spent."""
    assert [one.kind for one in unbalanced("a", issued, spent, returned)] == kinds


def test_a_day_unlike_the_others_is_told() -> None:
    """Many times the usual day; few forms are no burst, nor are days that are all alike."""
    usual = {f"2023-12-0{n}": 10 for n in range(1, 6)}
    assert [one.number for one in bursts("a", usual | {"2023-12-06": 90})] == [90]
    assert list(bursts("a", usual)) == []
    assert list(bursts("a", {"2023-12-01": 0, "2023-12-02": 0, "2023-12-03": 19})) == []


@pytest.mark.parametrize(
    ("counted", "possible"),
    [
        ({"satisfied": 3, "dissatisfied": 2}, True),
        ({"satisfied": 5, "dissatisfied": 1}, False),
        ({"satisfied": -1, "dissatisfied": 1}, False),
        ({"a": 5, "b": 5, "_answered": 5}, True),
        ({"a": 5, "b": 1, "_answered": 4}, False),
        ({"a": 2, "_asked": 1}, False),
        ({"a": 2, "_asked": 6}, False),
    ],
)
def test_sums_that_cannot_be_are_told(counted: dict[str, int], possible: bool) -> None:
    """No line has more marks than there are forms that asked it."""
    found = disagreeing("a", returned=5, counts={"grade": counted}, flags=5)
    assert (list(found) == []) == possible


def test_the_roll_and_the_forms_must_agree() -> None:
    """As many flags as forms."""
    assert [one.kind for one in disagreeing("a", returned=5, counts={}, flags=6)] == [
        "roll-disagrees"
    ]
