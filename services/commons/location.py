"""Places as they are kept: in WGS-84, and beside it as they were given."""

from __future__ import annotations

from typing import Any

from .places import WGS84, to_wgs84

#: What is kept of a place.
PARTS = (
    "division",
    "longitude",
    "latitude",
    "datum",
    "given_longitude",
    "given_latitude",
)


def located(place: dict[str, Any] | None) -> dict[str, Any]:
    """A place as it is kept: the point in WGS-84, and beside it as it was given, in its datum."""
    kept: dict[str, Any] = dict.fromkeys(PARTS)
    if place is None:
        return kept
    kept["division"] = place.get("division")
    if place.get("longitude") is not None and place.get("latitude") is not None:
        given = place["longitude"], place["latitude"]
        kept["datum"] = place.get("datum", WGS84)
        kept["given_longitude"], kept["given_latitude"] = given
        kept["longitude"], kept["latitude"] = to_wgs84(given, kept["datum"])
    return kept
