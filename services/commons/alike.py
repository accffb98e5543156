"""Short texts that say the same, put together for people who read many of them.

Two texts are the same when they differ only in width, capitals, blanks and punctuation, and nearly
the same when their letters are: by rapidfuzz's ratio, 0 to 100.  Texts that deny different things
or name different numbers are never put together, however like they are: 非常满意 and 非常不满意.
The result hangs on the texts alone and not on their order.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

#: How like two texts must be to be nearly the same.
LIKENESS = 85.0
#: Comparing each with each costs the square of their number and of their length.  So only texts of
#: so many letters are nearly the same as others, and only where there are not more of them.
NEAR_LETTERS, NEAR_UP_TO = 60, 2_000

_DENIALS = frozenset("不没未无非别勿莫否")
_ENGLISH_DENIAL = re.compile("(?:not|never|none|nothing|cannot|without|n['\u2019]t)\\b|\\bno\\b")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Alike:
    """``wordings``: each text as it was written, with how often; the commonest first."""

    wordings: tuple[tuple[str, int], ...]

    @property
    def text(self) -> str:
        """The wording that stands for all of them."""
        return self.wordings[0][0]

    @property
    def count(self) -> int:
        """How many texts there are."""
        return sum(count for _, count in self.wordings)


def alike(texts: Iterable[str]) -> list[Alike]:
    """All the texts in groups, the largest first; none is left out and none counted twice."""
    same: dict[str, Counter[str]] = defaultdict(Counter)
    for text, count in Counter(texts).items():
        same[normal(text) or text][text] += count
    leaders = {one: one for one in same} | _leaders(same)
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    for form, leader in leaders.items():
        groups[leader].update(same[form])
    found = [Alike(tuple(sorted(one.items(), key=_commonest))) for one in groups.values()]
    return sorted(found, key=lambda one: (-one.count, one.text))


def normal(text: str) -> str:
    """The letters and digits of a text, in one width and without capitals."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if unicodedata.category(char)[0] in "LN")


def _leaders(same: dict[str, Counter[str]]) -> dict[str, str]:
    """For each short form the one that it is put with: the commonest of those that it is like."""
    short = [form for form in same if len(form) <= NEAR_LETTERS]
    if len(short) > NEAR_UP_TO:
        return {}
    order = sorted(short, key=lambda form: (-same[form].total(), len(form), form))
    leading: dict[object, list[str]] = defaultdict(list)
    found = {}
    for form in order:
        rivals = leading[_kept_apart(form, same[form])]
        nearest = process.extractOne(form, rivals, scorer=fuzz.ratio, score_cutoff=LIKENESS)
        if nearest is None:
            rivals.append(form)
        found[form] = nearest[0] if nearest else form
    return found


def _kept_apart(form: str, wordings: Counter[str]) -> object:
    """What must be equal in two texts: their denials and their numbers."""
    text = unicodedata.normalize("NFKC", min(wordings)).casefold()
    denials = "".join(sorted(char for char in form if char in _DENIALS))
    return denials, len(_ENGLISH_DENIAL.findall(text)), tuple(_NUMBER.findall(form))


def _commonest(wording: tuple[str, int]) -> tuple[int, str]:
    return -wording[1], wording[0]
