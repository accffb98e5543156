"""Segments and BM25 against the formula written out."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.proposal.similarity import bm25, building
from services.proposal.similarity.grams import grams
from services.proposal.similarity.segment import LARGEST, build, merge, of

texts = st.lists(
    st.text(st.sampled_from("老年食堂交通路灯\n"), max_size=12), min_size=1, max_size=8
)


def by_formula(query: str, documents: list[str]) -> list[float]:
    """BM25 of each document, from its definition."""
    counted = [Counter(grams(text).tolist()) for text in documents]
    average = sum(c.total() for c in counted) / len(counted) or 1.0
    scores = []
    for document in counted:
        score = 0.0
        for gram in set(grams(query).tolist()):
            often, having = document[gram], sum(gram in c for c in counted)
            idf = math.log(1 + (len(counted) - having + 0.5) / (having + 0.5))
            held_back = bm25.K * (1 - bm25.B + bm25.B * document.total() / average)
            score += idf * often * (bm25.K + 1) / (often + held_back) if often else 0.0
        scores.append(score)
    return scores


def scores(query: str, documents: list[str], parts: int) -> list[float]:
    """The same by so many segments."""
    made = []
    for part in range(parts):
        own = [(n, text) for n, text in enumerate(documents) if n % parts == part]
        made.append(build(part + 1, own))
    postings = {header.id: each for header, each in made}
    weights = bm25.Weights(grams(query), [header for header, _ in made])
    found: dict[int, float] = {}
    for header, _ in made:
        each = weights.scores(header, lambda h, rows: of(h, rows, postings[h.id]))
        found.update(zip(header.numbers.tolist(), each.tolist(), strict=True))
    return [found[n] for n in range(len(documents))]


@given(texts, st.text(st.sampled_from("老年食堂交通"), max_size=8), st.integers(1, 3))
def test_scores_are_bm25_however_the_index_is_cut(
    documents: list[str], query: str, parts: int
) -> None:
    """One segment or several: the formula's numbers."""
    expected = by_formula(query, documents)
    assert scores(query, documents, parts) == pytest.approx(expected, rel=1e-4, abs=1e-6)


@given(texts, texts, st.sets(st.integers(0, 15)))
def test_a_merged_segment_is_the_one_built_at_once(
    one: list[str], other: list[str], dead: set[int]
) -> None:
    """Without the documents that are no more."""
    documents = list(enumerate(one + other))
    parts = [build(1, documents[: len(one)]), build(2, documents[len(one) :])]
    alive = [number for number, _ in documents if number not in dead]
    header, postings = merge(3, parts, np.array(alive, np.int64))
    expected, expected_postings = build(3, [d for d in documents if d[0] not in dead])
    for name in ("numbers", "lengths", "grams", "counts"):
        assert np.array_equal(getattr(header, name), getattr(expected, name)), name
    assert np.array_equal(postings, expected_postings)


def test_a_segment_holds_what_a_place_can_count() -> None:
    """The last place of all is right; one document more is refused, built or merged."""
    documents = [(n, "老年" if n % 2 else "食堂") for n in range(LARGEST + 1)]
    parts = [build(1, documents[:40_000]), build(2, documents[40_000:LARGEST])]
    header, postings = merge(3, parts, np.arange(LARGEST))
    expected, expected_postings = build(4, documents[:LARGEST])
    assert np.array_equal(header.grams, expected.grams) and len(header) == LARGEST
    assert np.array_equal(header.counts, expected.counts)
    assert np.array_equal(postings, expected_postings)
    with pytest.raises(ValueError, match="65537 documents"):
        build(5, documents)
    with pytest.raises(ValueError, match="65537 documents"):
        merge(6, [(header, postings), build(7, documents[LARGEST:])], np.arange(LARGEST + 1))


@given(st.lists(st.integers(1, LARGEST), max_size=80), st.integers(8_000, 16_500))
def test_no_merge_makes_more_than_a_segment_holds(sizes: list[int], alike: int) -> None:
    """Whatever segments there are, beside some of one size: merging ends, none is too large."""
    live = dict(enumerate([alike] * 9 + sizes))
    while chosen := building.to_merge(list(live.items())):
        assert len(chosen) > 1
        live[max(live) + 1] = sum(live.pop(id_) for id_ in chosen)
        assert max(live.values()) <= LARGEST


def test_a_query_reads_the_rare_grams_first() -> None:
    """Beyond its budget the common ones do not count."""
    documents = [(n, "常见" if n else "常见稀罕") for n in range(100)]
    header, _ = build(1, documents)
    weights = bm25.Weights(grams("常见稀罕"), [header], budget=50)
    chosen = weights.grams[weights.chosen]
    assert set(chosen.tolist()) == set(grams("稀罕").tolist()) | {(ord("见") << 21) | ord("稀")}
