"""Unified social credit codes."""

from __future__ import annotations

from services.commons.credit_code import warnings


def test_a_good_code_and_none_are_not_doubtful() -> None:
    """The library's own example."""
    assert warnings("91110000600037341L") == []
    assert warnings(None) == []


def test_a_failing_code_is_warned_of_in_both_languages() -> None:
    """A wrong check digit, and a letter that the standard leaves out."""
    for code in ("91110000600037341M", "911100006000373410", "O1110000600037341L"):
        (warning,) = warnings(code)
        assert warning["code"] == "credit-code-doubtful"
        assert code in warning["zh"] and code in warning["en"]
