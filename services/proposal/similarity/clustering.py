"""Clusters of suggestions: average linkage over grams, aspect by aspect, by fixed parameters.

For a process of its own, never inside a service: minutes of CPU.  The same input and parameters
give the same clusters; memory is bounded by the largest block, not by how many suggestions there
are.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .grams import grams

Matrix = Any  # scipy's sparse matrices have no types


@dataclass(frozen=True)
class Parameters:
    """How clusters are made; kept with each run.

    ``distance``: cosine distance up to which clusters are joined (average linkage);
    ``largest_block``: a larger aspect is cut first, by k-means on its ``components`` main
    directions; ``seed``: where that begins.
    """

    algorithm: str = "average-linkage-1"
    distance: float = 0.90
    largest_block: int = 3000
    components: int = 64
    seed: int = 20231128

    def to_data(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)


@dataclass(frozen=True)
class Item:
    """A suggestion to be clustered; ``text`` is normalised."""

    id: str
    aspect: str
    text: str


@dataclass(frozen=True)
class Cluster:
    """Suggestions that seem to ask for the same, the most typical one first."""

    aspect: str
    members: tuple[str, ...]


def cluster(
    items: Sequence[Item],
    parameters: Parameters,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[Cluster]:
    """The clusters of two and more, in an order that depends on the input only."""
    from threadpoolctl import threadpool_limits

    found: list[Cluster] = []
    done = 0
    with threadpool_limits(1):  # sums in one order: the same result on any machine
        for aspect in sorted({item.aspect for item in items}):
            own = sorted((item for item in items if item.aspect == aspect), key=lambda one: one.id)
            for block, weights in _blocks(own, parameters):
                found += _clusters(aspect, block, weights, parameters)
                done += len(block)
                progress(done, len(items))
    return sorted(found, key=lambda one: (one.aspect, -len(one.members), one.members))


def _blocks(items: list[Item], parameters: Parameters) -> Iterator[tuple[list[Item], Matrix]]:
    weights = _weights(items)
    pieces = [np.arange(len(items))]
    while pieces:
        piece = pieces.pop(0)
        parts = _cut(weights[piece], parameters) if len(piece) > parameters.largest_block else []
        if len(parts) > 1:
            pieces += [piece[part] for part in parts]
        else:  # texts that no cut tells apart are alike anyway
            for start in range(0, len(piece), parameters.largest_block):
                some = piece[start : start + parameters.largest_block]
                yield [items[place] for place in some], weights[some]


def _weights(items: list[Item]) -> Matrix:
    """TF-IDF of characters and pairs, each text of length one."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    # No limit for common grams: of many copies of one letter all grams are common.
    vectorizer = TfidfVectorizer(analyzer=lambda text: grams(text).tolist(), dtype=np.float32)
    try:
        return vectorizer.fit_transform([item.text for item in items])
    except ValueError:  # no grams at all
        from scipy.sparse import csr_matrix

        return csr_matrix((len(items), 1), dtype=np.float32)


def _cut(weights: Matrix, parameters: Parameters) -> list[NDArray[np.int64]]:
    """Parts of about half a block each, by k-means."""
    from sklearn.cluster import KMeans
    from sklearn.decomposition import TruncatedSVD
    from sklearn.preprocessing import normalize

    number = math.ceil(2 * weights.shape[0] / parameters.largest_block)
    components = min(parameters.components, weights.shape[1] - 1)
    if components < 1:
        return []
    reduced = TruncatedSVD(components, random_state=parameters.seed).fit_transform(weights)
    means = KMeans(number, n_init=1, random_state=parameters.seed)
    labels = means.fit_predict(normalize(reduced))
    return [np.flatnonzero(labels == label) for label in range(number) if (labels == label).any()]


def _clusters(
    aspect: str, items: list[Item], weights: Matrix, parameters: Parameters
) -> Iterator[Cluster]:
    from sklearn.cluster import AgglomerativeClustering

    if len(items) < 2:
        return
    alike = (weights @ weights.T).toarray()
    distances = np.clip(1 - alike, 0, 1)
    np.fill_diagonal(distances, 0)
    linkage = AgglomerativeClustering(
        n_clusters=None,
        distance_threshold=parameters.distance,
        linkage="average",
        metric="precomputed",
    )
    labels = linkage.fit_predict(distances)
    for label in np.unique(labels):
        places = np.flatnonzero(labels == label)
        if len(places) > 1:
            typical = alike[np.ix_(places, places)].sum(axis=1)
            order = sorted(range(len(places)), key=lambda n: (-round(float(typical[n]), 4), n))
            yield Cluster(aspect, tuple(items[places[n]].id for n in order))
