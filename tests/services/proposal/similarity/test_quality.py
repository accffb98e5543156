"""What is found on the labelled set of synthetic suggestions does not become less.

The set and the methods are deterministic, so these numbers are the same on every machine; the
bounds lie a little below what was measured (``docs/similarity.md``).
"""

from __future__ import annotations

import dataclasses

import pytest

from services.proposal.similarity.ranking import WEIGHTING

from ....benchmarks import corpus, quality


def test_ours_is_ahead_of_what_one_would_take() -> None:
    """Of trigrams and of plain rapidfuzz, on either half of the groups, also without the aspect."""
    found = quality.methods()
    for half in corpus.halves():
        ours = quality.measured(found["ours, aspect unknown"], half)
        for name in ("rapidfuzz ratio", "character trigrams"):
            other = quality.measured(found[name], half)
            for figure in ("recall@5", "average precision"):
                assert ours[figure] > other[figure] + 0.1, (name, figure)


@pytest.mark.parametrize("half", [0, 1])
def test_what_is_found_does_not_become_less(half: int) -> None:
    """On the half the weights were chosen on, and on the other."""
    found = quality.measured(quality.ranked(), corpus.halves()[half])
    assert found["recall@5"] >= RECALL and found["average precision"] >= PRECISION


def test_re_ranking_helps() -> None:
    """By the texts alone, or it would not be worth its time."""
    base = quality.measured(quality.shared())
    texts = dataclasses.replace(WEIGHTING, aspect=0.0, division=0.0)
    ours = quality.measured(quality.ranked(texts))
    assert ours["average precision"] > base["average precision"]
    assert ours["recall@5"] > base["recall@5"]


def test_clusters_do_not_become_worse() -> None:
    """By the adjusted Rand index."""
    assert quality.clustered() >= RAND


def test_the_set_is_what_it_says() -> None:
    """At least 200 suggestions, 10 aspects, unique ids, five to a group."""
    given = corpus.labelled()
    assert len(given) >= 200 and len({one["id"] for one in given}) == len(given)
    assert len({one["aspect"] for one in given}) == 10
    assert any(one.get("hard_negative_of") for one in given)


RECALL, PRECISION, RAND = 0.48, 0.51, 0.38
