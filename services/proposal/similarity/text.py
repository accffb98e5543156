"""Texts as they are compared: normalised, without stock phrases, one word for all its synonyms.

Pure functions on texts; what is stripped and what is replaced is data.  No numpy: whoever writes a
suggestion needs its fingerprint only.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
import unicodedata
from collections.abc import Sequence
from importlib import resources

#: Stands between parts: no gram reaches over it.
BREAK = "\n"

# Letters and digits of any script; all else is a break.
_BREAKS = re.compile(r"[\W_]+")


class Lexicon:
    """Which phrases say nothing, and which words say the same.

    ``groups``: lists of synonyms; the first of each stands for all.
    """

    def __init__(self, groups: Sequence[Sequence[str]], phrases: Sequence[str] = ()) -> None:
        self.groups = [list(group) for group in groups]
        self.phrases = list(phrases) or stock_phrases()
        said = {folded(word): folded(group[0]) for group in groups for word in group}
        self._said = {word: one for word, one in said.items() if word}
        self._synonyms = _any_of(self._said)
        self._stock = _any_of([folded(phrase) for phrase in self.phrases])

    @property
    def hash(self) -> str:
        """Tells one lexicon from another: an index is right for the one it was made with."""
        written = json.dumps([self.groups, self.phrases], ensure_ascii=False)
        return hashlib.sha256(written.encode()).hexdigest()

    def normalised(self, text: str) -> str:
        """The text as it is compared; parts are separated by :data:`BREAK`."""
        text = folded(text)
        if self._synonyms:
            text = self._synonyms.sub(lambda found: self._said[found[0]], text)
        return self._matter(text)

    def plain(self, text: str) -> str:
        """The same with the words as they are written."""
        return self._matter(folded(text))

    def synonyms(self, text: str) -> dict[str, str]:
        """The words of the text that have synonyms, by the one that stands for all."""
        found = self._synonyms.findall(folded(text)) if self._synonyms else []
        return {self._said[word]: word for word in reversed(found)}

    def _matter(self, text: str) -> str:
        if self._stock:
            text = self._stock.sub(BREAK, text)
        return re.sub(r"\n+", BREAK, text).strip(BREAK)


@functools.cache
def stock_phrases() -> list[str]:
    """The shipped phrases that every suggestion may have and that say nothing of its matter."""
    file = resources.files(__package__) / "stock-phrases.json"
    phrases: list[str] = json.loads(file.read_text("utf-8"))
    return phrases


def folded(text: str) -> str:
    """NFKC (full and half width are one), no capitals; punctuation and blanks are breaks."""
    return _BREAKS.sub(BREAK, unicodedata.normalize("NFKC", text).casefold()).strip(BREAK)


def fingerprint(title: str, text: str) -> bytes:
    """SHA-256 of what is written, however it is set: the same for exact copies."""
    written = folded(title) + "\0" + folded(text)
    return hashlib.sha256(written.replace(BREAK, "").encode()).digest()


def _any_of(words: Sequence[str] | dict[str, str]) -> re.Pattern[str] | None:
    """Matches the longest of the words that stands at a place."""
    found = sorted({word for word in words if word}, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, found))) if found else None
