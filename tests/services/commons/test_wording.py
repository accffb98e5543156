"""Text made plain."""

from __future__ import annotations

import pytest

from services.commons.wording import plain


def test_text_comes_in_one_form() -> None:
    """NFC, without blanks at its ends; line breaks stay."""
    assert plain(" e\u0301\n民生\t") == "é\n民生"
    assert plain("  ") == ""


@pytest.mark.parametrize("text", ["a\x00", "\ud800", "\u202ea", "a\u2028b", "\u200b", "\u3164"])
def test_what_is_not_seen_as_it_is_is_refused_without_being_repeated(text: str) -> None:
    """Control characters, turned writing, hidden separators, nothing visible at all."""
    with pytest.raises(ValueError, match="Must") as caught:
        plain(text)
    assert text not in str(caught.value)
