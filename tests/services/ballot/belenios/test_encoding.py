"""Deep nesting is refused before any parser follows it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ballot.belenios.encoding import MOST_LEVELS, loads

from .ceremonies import refused

_LEAVES = st.text('"\\[]{}a', max_size=6) | st.integers(0, 9)
_JSON = st.recursive(
    _LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner)
)


def levels(value: object) -> int:
    """How deep a value is nested, by a plain count."""
    if isinstance(value, dict):
        value = list(value.values())
    return 1 + max(map(levels, value), default=0) if isinstance(value, list) else 0


@given(_JSON, st.integers(0, MOST_LEVELS + 1))
def test_as_deep_as_it_may_be_and_no_deeper(value: object, around: int) -> None:
    """Whatever strings hold, escaped or not, only brackets outside of them count."""
    for _ in range(around):
        value = [value]
    text = json.dumps(value)
    if levels(value) > MOST_LEVELS:
        with refused("too-deep"):
            loads(text, most=10**6)
    else:
        assert loads(text, most=10**6) == value


@pytest.mark.parametrize("before", ['"\\"",', '"\\\\",', '"a\\\n",', "[],", '"",'])
def test_nothing_before_it_hides_it(before: str) -> None:
    """Ends of strings that look escaped, or are."""
    with refused("too-deep"):
        loads("[" + before + "[" * 100_000, most=10**6)


def test_an_unfinished_string_is_no_nesting() -> None:
    """It is refused as what it is."""
    with refused("not-json"):
        loads('"' + "[" * 100, most=10**6)
