"""How strictly the shared fields read."""

from __future__ import annotations

from typing import Any

import pytest
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
