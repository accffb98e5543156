"""The order of what is found, and its reasons."""

from __future__ import annotations

import dataclasses

import pytest

from services.proposal.similarity.ranking import Described, distance_km, score
from services.proposal.similarity.words import shared_words

HERE = Described("食堂", "食堂\n老人吃饭", "elderly-care", "330106", 120.1, 30.2)


def test_an_exact_copy_scores_one() -> None:
    """With all that it shares, and never more."""
    assert score(HERE, HERE, 1.0) == 1.0


def test_place_and_aspect_lift() -> None:
    """The same aspect, the same division, a point near by: each a little."""
    other = dataclasses.replace(HERE, text="食堂\n别的", aspect="transport", division="330105")
    far = dataclasses.replace(other, longitude=121.0)
    near = score(HERE, other, 0.3)
    assert score(HERE, far, 0.3) < near
    assert near < score(HERE, dataclasses.replace(other, division="330106"), 0.3)
    assert near < score(HERE, dataclasses.replace(other, aspect="elderly-care"), 0.3)


def test_the_distance_is_a_great_circle_s() -> None:
    """A degree of latitude is 111.2 km; without two points there is none."""
    north = dataclasses.replace(HERE, latitude=31.2)
    assert distance_km(HERE, north) == pytest.approx(111.195, abs=0.01)
    assert distance_km(HERE, HERE) == 0
    assert distance_km(HERE, dataclasses.replace(HERE, longitude=None)) is None


def test_shared_words_can_be_read() -> None:
    """The longest runs, without what carries no matter at their ends, none within another."""
    one = "小区门口的老年食堂太远\n老年人不方便"
    other = "社区里没有老年食堂\n老年人吃饭的地方太远"
    assert shared_words(one, other) == ["老年食堂", "老年人", "太远"]


def test_single_characters_are_no_words() -> None:
    """Nor is what runs over a break."""
    assert shared_words("甲乙\n丙丁", "乙甲\n丁丙") == []
    assert shared_words("甲\n乙", "甲\n乙") == []
