"""How strictly the shared fields read."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from services.chassis import fields


@pytest.mark.parametrize("value", [0, 1, 1.0, "true", "yes", None])
def test_a_flag_is_true_or_false(value: Any) -> None:
    """No number and no word is taken for it."""
    assert fields.Flag().deserialize(True) is True
    assert fields.Flag().deserialize(False) is False
    with pytest.raises(ValidationError):
        fields.Flag().deserialize(value)


@pytest.mark.parametrize("value", ["1", " 5 ", "1_0", "nan", True, float("inf")])
def test_a_number_is_no_text(value: Any) -> None:
    """Whole or not, but written as a number, and finite."""
    assert fields.Decimal().deserialize(2) == 2.0
    with pytest.raises(ValidationError):
        fields.Decimal().deserialize(value)


@pytest.mark.parametrize(
    "value", [2023.7, "2_023", " 2023", "２０２３", "2023.0", True, 1948, "2201"]
)
def test_a_year_is_a_whole_number_or_four_digits(value: Any) -> None:
    """A query can only give digits; nothing is cut off or guessed."""
    assert [fields.Year().deserialize(given) for given in (2023, "2023")] == [2023, 2023]
    with pytest.raises(ValidationError):
        fields.Year().deserialize(value)


#: A soft hyphen, zero-width ones, a mark of direction, fillers, a mark without its letter, blanks.
UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u3164\u2800\u0301\ufe0f \u00a0\u3000\n"
TURNING = [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]
SEPARATING = ["\u2028", "\u2029"]


@given(st.text(st.sampled_from(UNSEEN), min_size=1, max_size=20))
def test_a_text_has_something_to_be_seen(text: str) -> None:
    """Not blanks, joiners, fillers and marks alone; beside a letter they stay."""
    with pytest.raises(ValidationError):
        fields.Text(100).deserialize(text)
    assert "养" in fields.Text(100).deserialize(f"养{text}老")


@given(st.text(max_size=20), st.sampled_from(TURNING + SEPARATING), st.text(max_size=20))
def test_a_text_neither_turns_its_direction_nor_breaks_lines_unseen(
    before: str, sign: str, after: str
) -> None:
    """Wherever such a character stands, at the ends too, where blanks are dropped."""
    with pytest.raises(ValidationError):
        fields.Text(100).deserialize(before + sign + after)


@given(st.text(max_size=30))
def test_what_is_taken_reads_the_same_when_it_is_sent_again(text: str) -> None:
    """NFC, no line breaks but the ordinary ones, no blanks at its ends, something to be seen."""
    try:
        taken = fields.Text(100).deserialize(text)
    except ValidationError:
        return
    assert fields.Text(100).deserialize(taken) == taken == taken.strip()
    assert unicodedata.is_normalized("NFC", taken)
    assert not {*SEPARATING, *TURNING} & set(taken)
    assert any(unicodedata.category(char)[0] in "LNPSC" for char in taken)


def test_characters_that_no_table_has_yet_are_taken() -> None:
    """Names are written with rare ones, some in the area of private use."""
    assert fields.Text(100).deserialize("\ue000\U0002ebf0") == "\ue000\U0002ebf0"
