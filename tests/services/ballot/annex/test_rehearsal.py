"""The rehearsal shows that every key works, and is no way to have something decrypted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.ballot.annex.rehearsal import Dummy, check_rehearsal, make_dummy, rehearse
from services.ballot.belenios.decryption import PartialDecryption, make_partial_decryption
from services.ballot.belenios.group import ED25519, GROUPS

from ..belenios.ceremonies import PHI, Ceremony, encryption, held, hold, refused


def rehearsed(ceremony: Ceremony, dummy: Dummy) -> dict[int, PartialDecryption]:
    """Everybody's part."""
    keys = enumerate(ceremony.private_keys, 1)
    return {i: rehearse(ceremony.group, ceremony.trustees, x, dummy) for i, x in keys}


@pytest.mark.parametrize("name", GROUPS)
@pytest.mark.parametrize("number", [0, 13, 1000])
def test_a_rehearsal_gives_its_number(name: str, number: int) -> None:
    """With all trustees, and with any two of three."""
    ceremony = held(name)
    group, trustees = ceremony.group, ceremony.trustees
    dummy = make_dummy(group, trustees.election_key, number)
    assert Dummy.from_data(dummy.to_data(), group.q) == dummy
    parts = rehearsed(ceremony, dummy)
    check_rehearsal(group, trustees, dummy, parts)
    for missing in (1, 2, 3):
        two = {owner: one for owner, one in parts.items() if owner != missing}
        check_rehearsal(group, trustees, dummy, two)
    with refused("too-few-decryptions"):
        check_rehearsal(group, trustees, dummy, {1: parts[1]})


def test_nothing_unknown_is_rehearsed() -> None:
    """A ciphertext whose randomness is not shown might be somebody's ballot."""
    ceremony = held()
    trustees = ceremony.trustees
    dummy = make_dummy(ED25519, trustees.election_key, 1)
    ballot = encryption(ED25519, trustees.election_key, 1)
    other = hold(ED25519, 3, 2).trustees
    x = ceremony.private_keys[0]
    for changed in (
        replace(dummy, ciphertext=ballot),
        replace(dummy, number=2),
        replace(dummy, randomness=dummy.randomness + 1),
        make_dummy(ED25519, other.election_key, 1),
    ):
        with refused("no-dummy"):
            rehearse(ED25519, trustees, x, changed)
        with refused("no-dummy"):
            check_rehearsal(ED25519, trustees, changed, {})


def test_randomness_0_rehearses_no_key() -> None:
    """Whoever has no key could take part: every factor would be the identity."""
    dummy = make_dummy(ED25519, held().trustees.election_key, 1)
    with refused("no-randomness"):
        Dummy.from_data(replace(dummy, randomness=0).to_data(), ED25519.q)


def test_a_false_part_is_refused() -> None:
    """Another's key, another dummy's factor, an election's decryption, a stranger's number."""
    ceremony = held()
    trustees = ceremony.trustees
    dummy = make_dummy(ED25519, trustees.election_key, 5)
    parts = rehearsed(ceremony, dummy)
    x = ceremony.private_keys[0]
    again = make_dummy(ED25519, trustees.election_key, 5)
    for false, code in (
        (parts[2], "false-rehearsal"),
        (rehearse(ED25519, trustees, x, again), "false-rehearsal"),
        (make_partial_decryption(ED25519, PHI, x, dummy.tally), "false-decryption"),
    ):
        with refused(code):
            check_rehearsal(ED25519, trustees, dummy, parts | {1: false})
    with refused("no-such-trustee"):
        check_rehearsal(ED25519, trustees, dummy, parts | {4: parts[1]})


def test_a_dummy_is_small() -> None:
    """Numbers above a thousand, and randomness from q on, are refused."""
    data = make_dummy(ED25519, held().trustees.election_key, 5).to_data()
    with refused("wrong-type"):
        Dummy.from_data(data | {"number": 1001}, ED25519.q)
    with refused("bad-scalar"):
        Dummy.from_data(data | {"randomness": str(ED25519.q)}, ED25519.q)
