"""Both groups: the same laws, and nothing is taken that is no element."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ballot.belenios.group import GROUPS, Group, group_named
from services.ballot.belenios.refused import Refused

EXPONENTS = st.integers(0, 2**260)
EACH_GROUP = pytest.mark.parametrize("group", GROUPS.values(), ids=GROUPS)
#: Points of small order on the curve, the identity among them, and one with a cofactor part.
SMALL_ORDER = (
    "00" * 31 + "01",
    "00" * 32,
    "80" + "00" * 31,
    "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec",
    "05fa7a3d28d1d9d6fbd5a9d2d2f5d1a1c9d5f0c7a0f7a1e4d1f2f3f4f5f6f7f8",
)


@EACH_GROUP
@given(a=EXPONENTS, b=EXPONENTS)
def test_exponents_add_and_multiply(group: Group, a: int, b: int) -> None:
    """Powers obey the laws of exponents, however they are computed."""
    x, y = group.exp_g(a), group.exp_g(b)
    assert group.mul(x, y) == group.exp_g(a + b) == group.exp(group.g, a + b)
    assert group.div(x, y) == group.exp_g(a - b)
    assert group.exp(x, b) == group.exp_secret(x, b) == group.exp_g(a * b)


@EACH_GROUP
@given(a=st.integers(1, 2**250), b=EXPONENTS)
def test_shared_and_fixed_bases_give_plain_powers(group: Group, a: int, b: int) -> None:
    """The quick ways are ways to the same element."""
    x = group.exp_g(a)
    assert group.base(group.text(x)).exp(b) == group.shared(x).exp(b) == group.exp(x, b)


@EACH_GROUP
def test_a_table_gives_plain_powers(group: Group) -> None:
    """So does a table, at the edges of its windows too."""
    x = group.exp_g(12345)
    fixed = group.fixed(x)
    for exponent in (0, 1, 255, 256, 2**248, group.q - 1, group.q, 2**256 + 7):
        assert fixed.exp(exponent) == group.exp(x, exponent)


@EACH_GROUP
@given(a=st.integers(1, 2**250))
def test_elements_are_read_as_they_are_written(group: Group, a: int) -> None:
    """Writing and reading give the same element."""
    x = group.exp_g(a)
    assert group.parse(group.text(x)) == x


@EACH_GROUP
def test_the_identity_is_taken_only_where_it_may_stand(group: Group) -> None:
    """A running sum may be the identity, a key or an α may not."""
    text = group.text(group.one)
    assert group.parse(text, identity=True) == group.one
    for read in (group.parse, lambda text: group.base(text).exp(1)):
        with pytest.raises(Refused):
            read(text)


@EACH_GROUP
@pytest.mark.parametrize("mangle", ["upper", "padded", "space", "fullwidth", "empty", "longer"])
def test_texts_written_otherwise_are_refused(group: Group, mangle: str) -> None:
    """Each element has one text."""
    text = group.text(group.exp_g(10**40 + 5))
    other = {
        "upper": "A" + text[1:],
        "padded": "0" + text,
        "space": text + " ",
        "fullwidth": "１" + text[1:],
        "empty": "",
        "longer": text * 2,
    }[mangle]
    with pytest.raises(Refused):
        group.parse(other)


@pytest.mark.parametrize("text", SMALL_ORDER)
@pytest.mark.parametrize("exponent", [0, 1, 8])
def test_points_outside_the_subgroup_are_refused(text: str, exponent: int) -> None:
    """Neither a point of small order nor anything else outside is ever multiplied."""
    group = group_named("Ed25519")
    with pytest.raises(Refused):
        group.parse(text)
    with pytest.raises(Refused):
        group.base(text).exp(exponent)


@pytest.mark.parametrize("number", ["0", "2", "-1"])
def test_numbers_outside_the_subgroup_are_refused(number: str) -> None:
    """Zero, a number of another order, and a negative one are no elements."""
    group = group_named("BELENIOS-2048")
    with pytest.raises(Refused):
        group.parse(number)
    with pytest.raises(Refused):
        group.base(number)


def test_an_unknown_group_is_refused() -> None:
    """Only the two groups are known, by their names."""
    with pytest.raises(Refused, match="unknown-group"):
        group_named("RFC-3526-2048")
