"""Datums, distances and codes of divisions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.commons.places import DATUMS, from_wgs84, in_china, is_division, metres, to_wgs84

#: WGS-84 and GCJ-02, from the test points of the library eviltransform.
GCJ02 = [
    ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
    ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
    ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
]
#: WGS-84 and BD-09, from the library coordtransform.
BD09 = [((116.404, 39.915), (116.41662724378733, 39.922699552216216))]
INSIDE = st.tuples(st.floats(75, 134), st.floats(18, 53))


@pytest.mark.parametrize(("wgs84", "gcj02"), GCJ02)
def test_known_points_of_gcj_02(wgs84: tuple[float, float], gcj02: tuple[float, float]) -> None:
    """There and back, to a millionth of a degree."""
    assert from_wgs84(wgs84, "GCJ-02") == pytest.approx(gcj02, abs=1e-6)
    assert to_wgs84(gcj02, "GCJ-02") == pytest.approx(wgs84, abs=1e-6)


@pytest.mark.parametrize(("wgs84", "bd09"), BD09)
def test_known_points_of_bd_09(wgs84: tuple[float, float], bd09: tuple[float, float]) -> None:
    """There and back, to a millionth of a degree."""
    assert from_wgs84(wgs84, "BD-09") == pytest.approx(bd09, abs=1e-6)
    assert to_wgs84(bd09, "BD-09") == pytest.approx(wgs84, abs=1e-6)


@pytest.mark.parametrize("datum", DATUMS)
@given(point=INSIDE)
def test_the_way_back_is_the_way_there(datum: str, point: tuple[float, float]) -> None:
    """Any point in China comes back to within a decimetre, whatever the map."""
    assert metres(to_wgs84(from_wgs84(point, datum), datum), point) < 0.1


@given(point=INSIDE)
def test_the_maps_are_moved_by_some_hundred_metres(point: tuple[float, float]) -> None:
    """Taking one datum for another would put a place into the wrong street."""
    assert 0 < metres(from_wgs84(point, "GCJ-02"), point) < 1500
    assert 100 < metres(from_wgs84(point, "BD-09"), point) < 3000


def test_nothing_is_moved_abroad() -> None:
    """Outside the rectangle a map in GCJ-02 is one in WGS-84."""
    assert from_wgs84((-0.1276, 51.5072), "GCJ-02") == (-0.1276, 51.5072)


def test_a_distance_is_that_of_the_sphere() -> None:
    """A degree of latitude, Hangzhou to Beijing, and nothing."""
    assert metres((120, 30), (120, 31)) == pytest.approx(111_195, abs=1)
    assert metres((120.1551, 30.2741), (116.4074, 39.9042)) == pytest.approx(1_123_000, rel=0.01)
    assert metres((120, 30), (120, 30)) == 0


@pytest.mark.parametrize(
    ("code", "good"),
    [
        ("330106", True),
        ("110000", True),
        ("820000", True),
        ("710000", True),
        ("160000", False),
        ("240000", False),
        ("830000", False),
        ("000000", False),
        ("33010", False),
        ("3301066", False),
        ("33010\uff16", False),
        ("330106\n", False),
    ],
)
def test_a_divisions_code_begins_with_a_province(code: str, good: bool) -> None:
    """Six digits are not enough: there are provinces that there are not."""
    assert is_division(code) is good


@pytest.mark.parametrize(
    "point", [(73.5, 39.4), (135.1, 48.4), (112.3, 3.85), (122.4, 53.56), (121.5, 25.0)]
)
def test_the_ends_of_china_lie_in_it(point: tuple[float, float]) -> None:
    """In the west, east, south, north; Taibei.  Not with the coordinates swapped."""
    assert in_china(point)
    assert not in_china((point[1], point[0]))
