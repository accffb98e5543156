"""The order in which similar suggestions are shown: shared grams, the run of the text, the place.

Pure; the numbers were chosen on one half of the labelled set (``docs/similarity.md``).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from rapidfuzz import fuzz

#: So much of a text is compared by its run; the rest counts by its grams only.
COMPARED = 400
EARTH_KM = 6371.0088


@dataclass(frozen=True)
class Asked:
    """What similar ones are sought for; what the author of a draft has not said yet is None."""

    title: str
    text: str
    aspect: str | None = None
    division: str | None = None
    longitude: float | None = None
    latitude: float | None = None


class Described(Asked):
    """A suggestion as it is compared; ``text`` is title and text, normalised."""


@dataclass(frozen=True)
class Weighting:
    """How much each likeness counts; the sum is the score.

    ``shared``: BM25 as a share of what the text itself would reach; ``ratio``, ``partial``,
    ``title``: rapidfuzz on title and text, on the best-fitting part, on the titles; ``aspect``,
    ``division``: for the same one; ``near``: for the same point, half of it ``half_km`` away.
    """

    shared: float = 1.0
    ratio: float = 0.03
    partial: float = 0.03
    title: float = 0.06
    aspect: float = 0.12
    division: float = 0.01
    near: float = 0.03
    half_km: float = 1.0

    @property
    def total(self) -> float:
        """What an exact copy of the same aspect reaches."""
        return sum((self.shared, self.ratio, self.partial, self.title, self.aspect))


WEIGHTING = Weighting()


def score(
    query: Described, other: Described, shared: float, weighting: Weighting = WEIGHTING
) -> float:
    """How alike two suggestions are, from 0 to 1; ``shared`` is BM25's share."""
    ours, theirs = query.text[:COMPARED], other.text[:COMPARED]
    found = (
        weighting.shared * min(shared, 1.0)
        + weighting.ratio * fuzz.ratio(ours, theirs) / 100
        + weighting.partial * fuzz.partial_ratio(ours, theirs) / 100
        + weighting.title * fuzz.ratio(query.title, other.title) / 100
    )
    if query.aspect and query.aspect == other.aspect:
        found += weighting.aspect
    if query.division and query.division == other.division:
        found += weighting.division
    away = distance_km(query, other)
    if away is not None:
        found += weighting.near * 0.5 ** (away / weighting.half_km)
    return min(found / weighting.total, 1.0)


def distance_km(one: Described, other: Described) -> float | None:
    """The great-circle distance (haversine); None unless both have a point."""
    points = one.latitude, one.longitude, other.latitude, other.longitude
    if None in points:
        return None
    lat1, lon1, lat2, lon2 = (math.radians(degrees) for degrees in points if degrees is not None)
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(half, 1.0)))
