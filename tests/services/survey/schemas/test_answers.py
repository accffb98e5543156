"""Answers at the boundary: what fits no question is refused, whatever the form."""

from __future__ import annotations

from typing import Any

import pytest
from marshmallow import ValidationError

from services.survey.schemas.answers import FormAnswer


@pytest.mark.parametrize("value", [None, "satisfied", "", "36.5", 0, -5, [], ["a", "b"]])
def test_the_shapes_of_a_value(value: Any) -> None:
    """A blank, a code or text, a whole number, several codes."""
    assert FormAnswer().load({"question": "q", "value": value}) == {"question": "q", "value": value}


@pytest.mark.parametrize(
    "value", [True, 1.5, 10**400, {}, {"a": 1}, [1], [["a"]], "a" * 2001, ["a"] * 101, ["a" * 41]]
)
def test_other_shapes_are_refused_and_not_repeated(value: Any) -> None:
    """For the message is logged."""
    with pytest.raises(ValidationError) as caught:
        FormAnswer().load({"question": "q", "value": value})
    assert "aaaaa" not in str(caught.value)


def test_ten_megabytes_are_refused_by_their_length() -> None:
    """And not looked at any further."""
    with pytest.raises(ValidationError, match="Longer than maximum length"):
        FormAnswer().load({"question": "q", "value": "a" * 10_000_000})


def test_a_value_must_be_said() -> None:
    """A blank is null, and not nothing."""
    with pytest.raises(ValidationError):
        FormAnswer().load({"question": "q"})
