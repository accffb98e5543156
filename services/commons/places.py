"""Points on maps: the three datums in use in China, distances, and codes of divisions.

Points are ``(longitude, latitude)`` in degrees.  GCJ-02 (国测局坐标) is what Chinese maps show,
BD-09 what Baidu shows; neither is published.  The formulas here are the ones in general use: they
agree with the known test points to a millionth of a degree (0.1 m), and with the maps themselves
to a few metres.  Outside a rectangle around China GCJ-02 is WGS-84, as it is on the maps.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from math import asin, atan2, cos, hypot, pi, radians, sin, sqrt

Point = tuple[float, float]

WGS84, GCJ02, BD09 = DATUMS = ("WGS-84", "GCJ-02", "BD-09")

#: By its first two digits, the province, 11 to 82 (GB/T 2260).  Whether there is such a city or
#: county is not checked: the list changes every year and is not shipped.
DIVISION = "^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])[0-9]{4}$"

_EARTH = 6_371_008.8  # metres, mean radius
_AXIS, _ECCENTRICITY = 6_378_245.0, 0.006_693_421_622_965_943  # Krasovsky 1940
_WEST, _EAST, _SOUTH, _NORTH = 72.004, 137.8347, 0.8293, 55.8271
_TURN = pi * 3000 / 180
_DIGITS = 7  # a centimetre


def in_china(point: Point) -> bool:
    """Whether a point may lie in China, in any datum: within a rectangle, seas included."""
    longitude, latitude = point
    return 73 <= longitude <= 136 and 3 <= latitude <= 54


def is_division(code: str) -> bool:
    """Whether it has the form of a division's code, in a province that there is (GB/T 2260)."""
    return re.fullmatch(DIVISION, code, re.ASCII) is not None


def to_wgs84(point: Point, datum: str) -> Point:
    """The point in WGS-84 that a datum's map shows there; KeyError for another datum."""
    return _rounded(_TO_WGS84[datum](point))


def from_wgs84(point: Point, datum: str) -> Point:
    """Where a datum's map shows a point of WGS-84; KeyError for another datum."""
    return _rounded(_FROM_WGS84[datum](point))


def metres(one: Point, other: Point) -> float:
    """The distance of two points on the sphere (haversine); right to half a per cent."""
    (west, south), (east, north) = ((radians(x), radians(y)) for x, y in (one, other))
    height, width = sin((north - south) / 2) ** 2, sin((east - west) / 2) ** 2
    return 2 * _EARTH * asin(min(1.0, sqrt(height + cos(south) * cos(north) * width)))


def _gcj02(point: Point) -> Point:
    longitude, latitude = point
    if not (_WEST <= longitude <= _EAST and _SOUTH <= latitude <= _NORTH):
        return point
    east, north = _shift(longitude - 105, latitude - 35)
    curve = 1 - _ECCENTRICITY * sin(radians(latitude)) ** 2
    meridian = _AXIS * (1 - _ECCENTRICITY) / (curve * sqrt(curve))
    parallel = _AXIS / sqrt(curve) * cos(radians(latitude))
    return longitude + east / parallel * 180 / pi, latitude + north / meridian * 180 / pi


def _shift(x: float, y: float) -> Point:
    """How far the map is moved, in metres to the east and to the north."""
    root, short = sqrt(abs(x)), 20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east += (short + _waves(x, (20, 1), (40, 3), (150, 12), (300, 30))) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north += (short + _waves(y, (20, 1), (40, 3), (160, 12), (320, 30))) * 2 / 3
    return east, north


def _waves(along: float, *waves: tuple[int, int]) -> float:
    return sum(height * sin(along * pi / length) for height, length in waves)


def _bd09(point: Point) -> Point:
    longitude, latitude = _gcj02(point)
    far = hypot(longitude, latitude) + 0.000_02 * sin(latitude * _TURN)
    angle = atan2(latitude, longitude) + 0.000_003 * cos(longitude * _TURN)
    return far * cos(angle) + 0.0065, far * sin(angle) + 0.006


def _inverse(shown: Callable[[Point], Point]) -> Callable[[Point], Point]:
    """The way back, step by step: the shift changes slowly, so each step gains two digits."""

    def find(point: Point) -> Point:
        longitude, latitude = point
        for _ in range(8):
            east, north = shown((longitude, latitude))
            longitude, latitude = longitude + point[0] - east, latitude + point[1] - north
        return longitude, latitude

    return find


def _same(point: Point) -> Point:
    return point


def _rounded(point: Point) -> Point:
    longitude, latitude = point
    return round(longitude, _DIGITS), round(latitude, _DIGITS)


_FROM_WGS84 = {WGS84: _same, GCJ02: _gcj02, BD09: _bd09}
_TO_WGS84 = {WGS84: _same, GCJ02: _inverse(_gcj02), BD09: _inverse(_bd09)}
