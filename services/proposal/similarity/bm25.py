"""BM25 over segments: which documents share the grams that few have (Robertson, Zaragoza 2009)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from .grams import Ints
from .segment import Floats, Header

#: How soon a gram's repetition stops to count, and how much long texts are held back.
K, B = 2.0, 0.75
#: Postings that one query may read; beyond, only the rarer grams count.
BUDGET = 300_000
#: Grams that one query may ask for; a long text has thousands.
MOST_GRAMS = 160

#: Gives the postings of some rows of a segment, one after another.
Read = Callable[[Header, Ints], NDArray[np.void]]


class Weights:
    """The grams by which one query searches some segments: the rarest ones within the budget."""

    def __init__(
        self,
        query: Ints,
        headers: Sequence[Header],
        *,
        budget: int = BUDGET,
        most: int = MOST_GRAMS,
    ) -> None:
        wanted = np.unique(query)
        self.rows = {header.id: header.rows(wanted) for header in headers}
        self.documents = sum(len(header) for header in headers)
        total = sum(int(header.lengths.sum()) for header in headers)
        self.average = total / self.documents if total else 1.0
        counts = np.zeros(len(wanted), np.int64)
        for header in headers:
            there = self.rows[header.id] >= 0
            counts[there] += header.counts[self.rows[header.id][there]]
        self.grams = wanted
        self.idf = np.log1p((self.documents - counts + 0.5) / (counts + 0.5)).astype(np.float32)
        order = np.argsort(counts, kind="stable")
        order = order[counts[order] > 0][:most]
        self.chosen = order[np.cumsum(counts[order]) <= budget]
        if not len(self.chosen):  # a short text of nothing but common words
            self.chosen = order[:1]

    def scores(self, header: Header, read: Read) -> Floats:
        """The score of each document of a segment."""
        rows = self.rows[header.id][self.chosen]
        there = rows >= 0
        rows, idf = rows[there], self.idf[self.chosen][there]
        if not len(rows):
            return np.zeros(len(header), np.float32)
        order = np.argsort(rows)
        rows, idf = rows[order], idf[order]
        postings = read(header, rows)
        position = postings["position"].astype(np.int64)
        often = postings["often"].astype(np.float32)
        held_back = K * (1 - B + B * header.lengths / self.average)
        weight = np.repeat(idf, header.counts[rows]) * (
            often * (K + 1) / (often + held_back[position])
        )
        return np.bincount(position, weight, minlength=len(header)).astype(np.float32)

    def own_score(self, query: Ints) -> float:
        """What the query's text itself would score: 1 on the scale of likeness."""
        mine = np.unique(query, return_counts=True)[1][self.chosen]
        held_back = K * (1 - B + B * len(query) / self.average)
        return float((self.idf[self.chosen] * mine * (K + 1) / (mine + held_back)).sum())
