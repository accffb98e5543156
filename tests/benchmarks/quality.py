"""How well similar suggestions are found on the labelled set, by ours and by what one would take.

Weights were chosen on the first half of the groups; the second half only measures.  The set is
synthetic: it ranks methods and guards against regressions, and says nothing of a real intake.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Collection
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from services.proposal.rules import shipped
from services.proposal.similarity import bm25
from services.proposal.similarity.building import indexed
from services.proposal.similarity.clustering import Item, Parameters, cluster
from services.proposal.similarity.grams import grams
from services.proposal.similarity.ranking import WEIGHTING, Weighting, score
from services.proposal.similarity.search import described
from services.proposal.similarity.segment import build, of
from services.proposal.similarity.text import Lexicon

from . import corpus

Scores = NDArray[np.float64]


@dataclasses.dataclass(frozen=True)
class Stored:
    """A suggestion of the set as a row would be."""

    title: str
    text: str
    aspect: str
    division: str
    longitude: float | None = None
    latitude: float | None = None


@functools.cache
def _rows() -> list[Stored]:
    names = ("title", "text", "aspect", "division")
    return [Stored(*(one[name] for name in names)) for one in corpus.labelled()]


@functools.cache
def _lexicon() -> Lexicon:
    return Lexicon(shipped("synonyms")["content"])


def shared() -> Scores:
    """BM25 alone, each row as a share of what the text itself reaches."""
    texts = [indexed(_lexicon(), row.title, row.text) for row in _rows()]
    header, postings = build(1, list(enumerate(texts)))
    found = []
    for text in texts:
        said = grams(text)
        weights = bm25.Weights(said, [header])
        scores = weights.scores(header, lambda h, rows: of(h, rows, postings))
        found.append(scores / weights.own_score(said))
    return np.array(found, float)


def ranked(weighting: Weighting = WEIGHTING) -> Scores:
    """Ours: BM25, then the texts' run, the aspect and the place."""
    known = [described(_lexicon(), row) for row in _rows()]
    base = shared()
    return np.array(
        [
            [score(one, other, base[i, j], weighting) for j, other in enumerate(known)]
            for i, one in enumerate(known)
        ]
    )


def _each(alike: Callable[[str, str], float]) -> Scores:
    texts = [row.title + row.text for row in _rows()]
    return np.array([[alike(one, other) for other in texts] for one in texts])


def _trigrams(one: str, other: str) -> float:
    """As pg_trgm does: the share of trigrams in common, two blanks before and one after."""
    ours, theirs = (
        {padded[i : i + 3] for i in range(len(padded) - 2)}
        for padded in (f"  {one} ", f"  {other} ")
    )
    return len(ours & theirs) / len(ours | theirs)


def methods() -> dict[str, Scores]:
    """All that is compared, by name."""
    blind = dataclasses.replace(WEIGHTING, aspect=0.0)
    texts = dataclasses.replace(blind, division=0.0)
    return {
        "ours": ranked(),
        "ours, aspect unknown": ranked(blind),
        "ours, aspect and place unknown": ranked(texts),
        "BM25 without re-ranking": shared(),
        "rapidfuzz ratio": _each(fuzz.ratio),
        "character trigrams": _each(_trigrams),
    }


def measured(
    scores: Scores, groups: Collection[str] | None = None, distance: int | None = None
) -> dict[str, float]:
    """Recall among the first five and average precision, each query's mean.

    ``groups``: only queries from these; ``distance``: only queries of this one.
    """
    labels = [one["group"] for one in corpus.labelled()]
    recalls, precisions = [], []
    for query, one in enumerate(corpus.labelled()):
        group = one["group"]
        if group is None or (groups is not None and group not in groups):
            continue
        if distance is not None and one["distance"] != distance:
            continue
        order = [n for n in np.argsort(-scores[query], kind="stable") if n != query]
        places = [place for place, n in enumerate(order) if labels[n] == group]
        recalls.append(sum(place < 5 for place in places) / len(places))
        precisions.append(
            sum((found + 1) / (place + 1) for found, place in enumerate(places)) / len(places)
        )
    return {
        "recall@5": float(np.mean(recalls)),
        "average precision": float(np.mean(precisions)),
        "queries": len(recalls),
    }


def clustered() -> float:
    """The adjusted Rand index of the clusters; what has no group is a group of its own."""
    from sklearn.metrics import adjusted_rand_score

    given = corpus.labelled()
    items = [
        Item(one["id"], one["aspect"], indexed(_lexicon(), one["title"], one["text"]))
        for one in given
    ]
    found = {one["id"]: one["id"] for one in given}
    for one in cluster(items, Parameters()):
        found |= dict.fromkeys(one.members, one.members[0])
    truth = [one["group"] or one["id"] for one in given]
    return float(adjusted_rand_score(truth, [found[one["id"]] for one in given]))


def results() -> dict[str, Any]:
    """All of it."""
    chosen, other = corpus.halves()
    found: dict[str, Any] = {}
    for name, scores in methods().items():
        found[name] = {
            "all": measured(scores),
            "chosen on": measured(scores, chosen),
            "other half": measured(scores, other),
            "by distance": [measured(scores, None, distance)["recall@5"] for distance in range(5)],
        }
    return {"methods": found, "clusters": {"adjusted Rand index": clustered()}}
