"""Ciphertexts multiply to encryptions of sums, and only group elements multiply."""

from __future__ import annotations

from functools import partial, reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ballot.belenios.answer import encrypt
from services.ballot.belenios.ciphertext import Ciphertext, multiply
from services.ballot.belenios.group import GROUPS
from services.ballot.belenios.interval import Opened
from services.ballot.belenios.refused import Refused

from .samples import PLAIN, decrypted, election

EACH_GROUP = pytest.mark.parametrize("group", GROUPS)


@EACH_GROUP
@given(numbers=st.lists(st.integers(0, 5), min_size=1, max_size=5), r=st.integers(0, 2**250))
def test_products_hold_sums(group: str, numbers: list[int], r: int) -> None:
    """Whatever the randomness, even none."""
    at = election(PLAIN, group=group)
    encrypted = [encrypt(at, Opened(r * i, m)) for i, m in enumerate(numbers)]
    assert decrypted(at, reduce(partial(multiply, at.group), encrypted)) == sum(numbers)


@EACH_GROUP
def test_the_identity_multiplies(group: str) -> None:
    """An empty sum is the pair of identities and changes nothing."""
    at = election(PLAIN, group=group)
    nothing = Ciphertext.of(at.group, at.group.one, at.group.one)
    one = encrypt(at, Opened(7, 1))
    assert multiply(at.group, nothing, one) == one
    assert multiply(at.group, nothing, nothing) == nothing


@EACH_GROUP
def test_what_is_no_element_does_not_multiply(group: str) -> None:
    """On either side, α or β."""
    at = election(PLAIN, group=group)
    one = encrypt(at, Opened(7, 1))
    for bad in (Ciphertext("2", one.beta), Ciphertext(one.alpha, "00" * 32)):
        for pair in ((one, bad), (bad, one)):
            with pytest.raises(Refused, match="not-in-group"):
                multiply(at.group, *pair)


def test_a_ciphertext_has_two_strings() -> None:
    """Read, written, and nothing else taken."""
    data = {"alpha": "1", "beta": "2"}
    assert Ciphertext.from_data(data).to_data() == data
    for other in ({"alpha": "1"}, {**data, "gamma": "3"}, {"alpha": 1, "beta": "2"}, ["1", "2"]):
        with pytest.raises(Refused):
            Ciphertext.from_data(other)
