"""Areas of the map: no area, however small, tells more of a place than its rounded coordinates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.commons.errors import Invalid
from services.supervision.model.map_area import Area

_degrees = st.integers(-1_799_000, 1_799_000).map(lambda n: n / 10_000)
_place = st.floats(-80, 80, allow_nan=False)


@given(_place, st.integers(0, 5), _degrees, _degrees)
def test_who_asks_for_an_area_finds_what_is_rounded_into_it(
    longitude: float, digits: int, one: float, other: float
) -> None:
    """And nothing else: the exact place decides nothing."""
    area = Area(min(one, other), -90, max(one, other), 90)
    exact = area.before_rounding(digits).holds(longitude, 0)
    distance = min(abs(longitude - edge) for edge in _edges(area, digits))
    if distance > 1e-9:  # exactly between two it may be rounded to either
        assert exact == area.holds(round(longitude, digits), 0)


def _edges(area: Area, digits: int) -> tuple[float, float]:
    found = area.before_rounding(digits)
    return found.west, found.east


@pytest.mark.parametrize(
    "text", ["", "1,2,3", "1,2,3,4,5", "a,b,c,d", "10,0,9,1", "0,10,1,9", "0,0,181,1", "nan,0,1,1"]
)
def test_what_is_no_area_is_told(text: str) -> None:
    """Four numbers, west before east and south before north."""
    with pytest.raises(Invalid, match="bbox"):
        Area.of(text)
