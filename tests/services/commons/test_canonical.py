"""Canonical JSON (RFC 8785) and its hash."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.commons.canonical import canonical, digest

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("abc甲😀"), inner),
    max_leaves=20,
)


def test_the_example_of_the_rfc() -> None:
    """Section 3.2.2: numbers, escapes and the order of keys, with the bytes that it prints."""
    numbers = [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001]
    text = "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"\u002f"
    value = {"numbers": numbers, "string": text, "literals": [None, True, False]}
    assert canonical(value) == (
        '{"literals":[null,true,false],'
        '"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )


def test_keys_stand_in_the_order_of_their_utf16_units() -> None:
    """Section 3.2.3: a character beyond the plane comes before U+FB33, as its units do."""
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    expected = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    written = canonical(dict.fromkeys(keys, 0))
    assert list(json.loads(written)) == expected


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (120.0, "120"),
        (-0.0, "0"),
        (1e12, "1000000000000"),
        (1e20, "100000000000000000000"),
        (1e21, "1e+21"),
        (1e-6, "0.000001"),
        (1e-7, "1e-7"),
        (1.5e-7, "1.5e-7"),
        (-2.5e25, "-2.5e+25"),
        (5e-324, "5e-324"),
        (1.7976931348623157e308, "1.7976931348623157e+308"),
    ],
)
def test_numbers_are_written_as_ecmascript_writes_them(number: float, written: str) -> None:
    """RFC 8785, appendix B, and what browsers print."""
    assert canonical(number) == written


@given(VALUES)
def test_what_is_written_reads_back_the_same(value: object) -> None:
    """Nothing is lost, and writing it again gives the same text."""
    written = canonical(value)
    assert canonical(json.loads(written)) == written
    assert json.loads(written, parse_int=float) == value


def test_what_json_cannot_hold_has_no_digest() -> None:
    """NaN is refused."""
    with pytest.raises(ValueError):
        digest([math.nan])
