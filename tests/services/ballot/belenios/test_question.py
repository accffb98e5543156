"""Questions: the limits they may set, and nothing but homomorphic ones."""

from __future__ import annotations

from typing import Any

import pytest

from services.ballot.belenios.question import Question
from services.ballot.belenios.refused import Refused

DATA: dict[str, Any] = {"answers": ["甲", "乙"], "min": 0, "max": 2, "question": "?"}


def test_a_question_is_read_and_written_in_order() -> None:
    """The fields come out in the specification's order; blank only where it is true."""
    assert list(Question.from_data(DATA).to_data().items()) == list(DATA.items())
    blank = Question.from_data({**DATA, "blank": True})
    assert list(blank.to_data()) == ["answers", "blank", "min", "max", "question"]
    assert Question.from_data({**DATA, "blank": False}) == Question.from_data(DATA)


def test_a_blank_question_has_one_ciphertext_more() -> None:
    """It leads, and adds a branch to the overall proof."""
    plain, blank = Question(("甲",), 0, 1, "?"), Question(("甲",), 0, 1, "?", blank=True)
    assert (plain.ciphertexts, plain.overall) == (1, 2)
    assert (blank.ciphertexts, blank.overall) == (2, 3)


@pytest.mark.parametrize(
    "changed",
    [
        {"min": 2, "max": 1},
        {"max": 3},
        {"min": -1},
        {"min": True},
        {"min": "0"},
        {"max": 1.0},
        {"answers": []},
        {"answers": [1, 2]},
        {"answers": ["甲"] * 1001},
        {"answers": "甲乙"},
        {"question": None},
        {"blank": 1},
        {"extra": 0},
    ],
)
def test_other_fields_and_limits_are_refused(changed: dict[str, Any]) -> None:
    """Limits beyond the answers, other types, unknown fields."""
    with pytest.raises(Refused):
        Question.from_data({**DATA, **changed})


@pytest.mark.parametrize("kind", ["NonHomomorphic", "Lists"])
def test_questions_that_need_shuffles_or_lists_are_refused(kind: str) -> None:
    """They are told apart from malformed ones."""
    with pytest.raises(Refused, match="unsupported-question"):
        Question.from_data({"type": kind, "value": {"answers": ["甲"], "question": "?"}})
