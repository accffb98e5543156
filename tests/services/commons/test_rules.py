"""Shares as rules state them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.commons.errors import Invalid
from services.commons.rules import Threshold


@pytest.mark.parametrize(
    ("rule", "whole", "least"),
    [
        (Threshold(Fraction(2, 3), True), 327, 218),  # Lishui 2025: 三分之二以上
        (Threshold(Fraction(2, 3), True), 511, 341),  # Hangzhou 2023
        (Threshold(Fraction(1, 2), False), 327, 164),  # 全体代表的过半数
        (Threshold(Fraction(1, 2), False), 511, 256),
        (Threshold(Fraction(1, 2), True), 10, 5),
        (Threshold(Fraction(1, 2), False), 10, 6),
    ],
)
def test_the_least_number_is_as_published(rule: Threshold, whole: int, least: int) -> None:
    """以上 includes the number itself, 过半数 does not."""
    assert rule.least(whole) == least


@given(st.integers(0, 60), st.integers(1, 60), st.booleans(), st.integers(0, 3000))
def test_the_least_number_is_the_first_that_meets(
    part: int, whole: int, inclusive: bool, of: int
) -> None:
    """``least`` and ``met_by`` agree on every whole."""
    rule = Threshold(Fraction(min(part, whole), whole), inclusive)
    least = rule.least(of)
    assert rule.met_by(least, of)
    assert least == 0 or not rule.met_by(least - 1, of)


@given(st.integers(0, 99), st.integers(1, 99), st.booleans())
def test_the_written_form_comes_back(part: int, whole: int, inclusive: bool) -> None:
    """Reading what was written gives the same rule."""
    rule = Threshold(Fraction(min(part, whole), whole), inclusive)
    assert Threshold.from_data(rule.to_data()) == rule


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"share": "2/3"},
        {"share": "2/3", "inclusive": 1},
        {"share": "4/3", "inclusive": True},
        {"share": "-1/3", "inclusive": True},
        {"share": "1/0", "inclusive": True},
        {"share": "1e999999999", "inclusive": True},
        {"share": "0.5", "inclusive": True},
        {"share": 0.5, "inclusive": True},
        {"share": "１/2", "inclusive": True},
        {"share": None, "inclusive": True},
    ],
)
def test_anything_else_is_refused_by_name(data: dict[str, Any]) -> None:
    """A malformed threshold names where it stands, and does not fill the memory."""
    with pytest.raises(Invalid) as caught:
        Threshold.from_data(data, "quorum")
    assert "quorum" in caught.value.en
