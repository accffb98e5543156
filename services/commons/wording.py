"""Text as people write it, made plain: one form of each character, nothing unseen in it."""

from __future__ import annotations

import re
import unicodedata

# Categories Cc and Cs, without tab, line feed and carriage return.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
# What turns the direction of writing: two texts that look alike may say different things.
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
# The line and the paragraph separator, which few programs show as what they are.
_SEPARATOR = re.compile("[\u2028\u2029]")
# Nothing of these is seen: control and format characters, blanks, marks without what they mark.
_UNSEEN = ("Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Me")
# Letters and a symbol by their category, and blank: the fillers of Hangul, the empty Braille cell.
_BLANK = "\u115f\u1160\u3164\uffa0\u2800"


def plain(text: str) -> str:
    """The text in NFC without blanks at its ends; ValueError, which repeats none of it, if unfit.

    Line breaks and tabs may stand in it, other control characters and those that turn the direction
    of writing or separate lines and paragraphs unseen may not.  Only blanks make the empty text.
    """
    if _CONTROL.search(text):
        raise ValueError("Must be text without control characters.")
    if _DIRECTION.search(text):
        raise ValueError("Must be text that does not turn the direction of writing.")
    if _SEPARATOR.search(text):
        raise ValueError("Must be text with ordinary line breaks.")
    text = unicodedata.normalize("NFC", text).strip()
    if text and not any(map(_is_seen, text)):
        raise ValueError("Must have a visible character.")
    return text


def _is_seen(char: str) -> bool:
    return unicodedata.category(char) not in _UNSEEN and char not in _BLANK
