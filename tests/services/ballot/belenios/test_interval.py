"""Disjunctive proofs: complete for the truth, bound to their context, unmakeable for a lie."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.ballot.belenios.answer import encrypt
from services.ballot.belenios.election import Election
from services.ballot.belenios.group import GROUPS
from services.ballot.belenios.interval import Bases, Key, Opened, holds, prove

from .samples import PLAIN, election

EACH_GROUP = pytest.mark.parametrize("group", GROUPS)


def bases(at: Election, opened: Opened) -> Bases:
    """What a verifier has of a ciphertext."""
    made = encrypt(at, opened)
    return Bases(at.group.base(made.alpha), at.group.base(made.beta))


@EACH_GROUP
@settings(max_examples=20)
@given(st.data())
def test_a_true_branch_convinces_and_a_false_one_does_not(group: str, data: st.DataObject) -> None:
    """The proof holds if and only if the branch that it was made for is true."""
    at = election(PLAIN, group=group)
    key = Key(at.group, at.y)
    r = data.draw(st.integers(1, at.group.q - 1))
    opened = Opened(r, data.draw(st.integers(0, 3)))
    numbers = data.draw(st.lists(st.integers(0, 3), min_size=1, max_size=4))
    chosen = data.draw(st.integers(0, len(numbers) - 1))
    proofs = prove(key, "x|", [(opened, m) for m in numbers], chosen)
    branches = [(bases(at, opened), m) for m in numbers]
    assert holds(key, "x|", branches, proofs) == (numbers[chosen] == opened.m)
    assert not holds(key, "y|", branches, proofs)


@EACH_GROUP
def test_branches_may_speak_of_different_ciphertexts(group: str) -> None:
    """As the proofs of blank ballots do; which of them is true does not show in the form."""
    at = election(PLAIN, group=group)
    key = Key(at.group, at.y)
    one, other = Opened(5, 0), Opened(6, 1)
    branches = [(bases(at, one), 0), (bases(at, other), 0)]
    proofs = prove(key, "x|", [(one, 0), (other, 0)], 0)
    assert holds(key, "x|", branches, proofs)
    assert not holds(key, "x|", branches[::-1], proofs)
    assert not holds(key, "x|", branches, prove(key, "x|", [(one, 0), (other, 0)], 1))


@EACH_GROUP
def test_every_proof_must_be_there(group: str) -> None:
    """One proof for each branch, no more and no fewer."""
    at = election(PLAIN, group=group)
    key, opened = Key(at.group, at.y), Opened(5, 0)
    proofs = prove(key, "x|", [(opened, 0), (opened, 1)], 0)
    branches = [(bases(at, opened), 0), (bases(at, opened), 1)]
    assert holds(key, "x|", branches, proofs)
    assert not holds(key, "x|", branches, proofs[:1])
    assert not holds(key, "x|", branches[:1], proofs)
    assert not holds(key, "x|", [], [])
