"""How texts are made comparable."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from services.proposal.similarity.grams import grams
from services.proposal.similarity.text import BREAK, Lexicon, fingerprint, stock_phrases


def test_width_case_and_marks_make_no_difference() -> None:
    """NFKC and case folding; marks and blanks are breaks."""
    lexicon = Lexicon([])
    assert lexicon.normalised("ＡＢＣ公交,站　台!") == f"abc公交{BREAK}站{BREAK}台"


def test_stock_phrases_are_stripped() -> None:
    """What every suggestion says tells nothing of its matter."""
    said = Lexicon([]).normalised("关于增设老年食堂的建议")
    assert said == "增设老年食堂"
    assert "的建议" in stock_phrases()


def test_the_longest_synonym_counts() -> None:
    """And a word that comes in by one group is not replaced by another."""
    lexicon = Lexicon([["电动车", "电瓶车", "电动自行车"], ["自行车", "单车"]])
    assert lexicon.normalised("电动自行车和单车") == "电动车和自行车"


def test_another_lexicon_has_another_hash() -> None:
    """By which an index knows whether it is right for it."""
    assert Lexicon([["甲", "乙"]]).hash != Lexicon([["甲", "丙"]]).hash
    assert Lexicon([["甲", "乙"]]).hash == Lexicon([["甲", "乙"]]).hash


def test_an_exact_copy_is_known_however_it_is_set() -> None:
    """Width, marks and line breaks do not hide it; another word does."""
    assert fingerprint("食堂", "早上,开门。") == fingerprint("食堂", "早上，\n开门")
    assert fingerprint("食堂", "早上开门") != fingerprint("食堂", "晚上开门")


@given(st.text(st.sampled_from("老年食堂a\n𠮷"), max_size=30))
def test_grams_are_characters_and_neighbours(text: str) -> None:
    """Each as often as it stands there, none over a break; beyond the basic plane too."""
    expected: Counter[int] = Counter(ord(c) << 21 for c in text if c != BREAK)
    pairs = zip(text, text[1:], strict=False)
    expected.update((ord(a) << 21) | ord(b) for a, b in pairs if BREAK not in (a, b))
    assert Counter(grams(text).tolist()) == expected
    assert grams(text).dtype == np.int64
