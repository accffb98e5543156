"""Every factor carries a second proof, which is about this factor and about no other."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.ballot.annex.decrypting import (
    Decrypted,
    DecryptionProofs,
    check_decryption,
    check_every_subset,
    check_proofs,
    decrypt,
    sift,
)
from services.ballot.belenios.decryption import check_partial_decryption
from services.ballot.belenios.group import ED25519, GROUPS
from services.ballot.belenios.proof import Proof
from services.ballot.belenios.result import make_result
from services.ballot.belenios.tally import EncryptedTally, RunningTally

from ..belenios.ceremonies import PHI, Ceremony, held, hold, refused, tally_of


def handed_in(ceremony: Ceremony, tally: EncryptedTally) -> dict[int, Decrypted]:
    """What all trustees hand in."""
    keys = enumerate(ceremony.private_keys, 1)
    return {owner: decrypt(ceremony.group, PHI, owner, x, tally) for owner, x in keys}


@pytest.mark.parametrize("name", GROUPS)
def test_a_true_decryption_holds_by_both_proofs(name: str) -> None:
    """It is written and read, and the counts come out."""
    ceremony = held(name)
    group, trustees = ceremony.group, ceremony.trustees
    tally = tally_of(ceremony, (3, 0), (5,))
    everybody = handed_in(ceremony, tally)
    for owner, one in everybody.items():
        check_decryption(group, PHI, trustees, owner, tally, one)
        data = one[1].to_data()
        assert DecryptionProofs.from_data(data, group.q, tally.shape) == one[1]
    true, false = sift(group, PHI, trustees, tally, everybody)
    check_every_subset(group, trustees, true)
    assert not false
    assert make_result(group, trustees, tally, true, 5).result == ((3, 0), (5,))


def test_the_challenge_is_the_one_that_is_written_down() -> None:
    """Anybody computes it again from what is public."""
    group, ceremony = ED25519, held()
    tally = tally_of(ceremony, (1, 2), (3,))
    decryption, bound = decrypt(group, PHI, 2, ceremony.private_keys[1], tally)
    x = ceremony.trustees.verification_keys[1].public_key
    t = hashlib.sha256(tally.to_text().encode()).hexdigest()
    for q, i in ((0, 0), (0, 1), (1, 0)):
        alpha, d = tally.ciphertexts[q][i].alpha, decryption.decryption_factors[q][i]
        proof = bound.proofs[q][i]
        a, b = (
            group.mul(
                group.exp(group.parse(base), proof.response),
                group.exp(group.parse(power), proof.challenge),
            )
            for base, power in ((group.text(group.g), x), (alpha, d))
        )
        both = f"{group.text(a)},{group.text(b)}"
        text = f"minsheng-decrypt-1|{PHI}|{t}|2|{q},{i}|{x}|{alpha}|{d}|{both}"
        digest = hashlib.sha256(text.encode()).digest()
        assert proof.challenge == int.from_bytes(digest, "big") % group.q


def test_a_tally_of_no_ballots_is_decrypted() -> None:
    """Identities are inputs here."""
    ceremony = held()
    tally = RunningTally(ED25519, [2]).encrypted()
    everybody = handed_in(ceremony, tally)
    true, false = sift(ED25519, PHI, ceremony.trustees, tally, everybody)
    assert not false
    assert make_result(ED25519, ceremony.trustees, tally, true, 0).result == ((0, 0),)


def spoiled(
    one: Decrypted,
    *,
    factors: tuple[tuple[str, ...], ...] | None = None,
    proofs: tuple[tuple[Proof, ...], ...] | None = None,
) -> Decrypted:
    """A decryption with other factors or proofs, its hash made to fit."""
    decryption = replace(one[0], decryption_factors=factors or one[0].decryption_factors)
    return decryption, DecryptionProofs(one[1].owner, decryption.hash, proofs or one[1].proofs)


def test_every_part_of_a_second_proof_is_bound() -> None:
    """Another factor, place, number, tally, election or key is refused by our proof alone."""
    group, ceremony = ED25519, held()
    tally = tally_of(ceremony, (4, 4))
    twice = EncryptedTally(((tally.ciphertexts[0][0],) * 2,))
    x = ceremony.private_keys[0]
    key, other = (one.public_key for one in ceremony.trustees.verification_keys[:2])
    one = decrypt(group, PHI, 1, x, tally)
    check_proofs(group, PHI, key, 1, tally, one)
    (a, b), (p, q) = one[0].decryption_factors[0], one[1].proofs[0]
    wrong = group.text(group.exp_g(99))
    later = Proof(p.challenge, (p.response + 1) % group.q)
    for false in (
        spoiled(one, factors=((wrong, b),)),
        spoiled(one, factors=((b, a),), proofs=((q, p),)),
        spoiled(one, proofs=((later, q),)),
        spoiled(one, proofs=((q, p),)),
    ):
        with refused("false-decryption"):
            check_proofs(group, PHI, key, 1, tally, false)
    for phi, public, owner, of in (
        (PHI[::-1], key, 1, tally),
        (PHI, other, 1, tally),
        (PHI, key, 1, twice),
    ):
        with refused("false-decryption"):
            check_proofs(group, phi, public, owner, of, one)


def test_equal_ciphertexts_do_not_share_a_proof() -> None:
    """The place is bound: the proof of one answer is none of another with the same ciphertext."""
    group, ceremony = ED25519, held()
    one = tally_of(ceremony, (4,)).ciphertexts[0][0]
    tally = EncryptedTally(((one, one), (one, one)))
    key = ceremony.trustees.verification_keys[0].public_key
    made = decrypt(group, PHI, 1, ceremony.private_keys[0], tally)
    (p, q), (r, s) = made[1].proofs
    check_proofs(group, PHI, key, 1, tally, made)
    for proofs in (((q, p), (r, s)), ((r, q), (p, s)), ((p, p), (r, s))):
        with refused("false-decryption"):
            check_proofs(group, PHI, key, 1, tally, spoiled(made, proofs=proofs))


def test_proofs_name_their_decryption_and_their_owner() -> None:
    """Proofs of another's, or of another message, are refused."""
    group, ceremony = ED25519, held()
    tally = tally_of(ceremony, (4,))
    first, second, _ = handed_in(ceremony, tally).values()
    trustees = ceremony.trustees
    for owner, one in (
        (1, (first[0], second[1])),
        (1, (first[0], replace(first[1], owner=2))),
        (1, (first[0], replace(first[1], decryption="ab" * 32))),
    ):
        with refused("other-decryption"):
            check_decryption(group, PHI, trustees, owner, tally, one)
    with refused("false-decryption"):
        check_decryption(group, PHI, trustees, 2, tally, first)
    for owner in (0, 4, -1):
        with refused("no-such-trustee"):
            check_decryption(group, PHI, trustees, owner, tally, first)


def test_proofs_are_numbers_below_q_and_one_for_each_answer() -> None:
    """Everything else is refused when it is read."""
    ceremony, q = held(), ED25519.q
    tally = tally_of(ceremony, (4, 1))
    data = decrypt(ED25519, PHI, 1, ceremony.private_keys[0], tally)[1].to_data()
    (first, second) = data["proofs"][0]
    for shape in ((1,), (3,), (2, 2)):
        with refused("wrong-length"):
            DecryptionProofs.from_data(data, q, shape)
    for name in ("challenge", "response"):
        changed = data | {"proofs": [[first | {name: str(q)}, second]]}
        with refused("bad-scalar"):
            DecryptionProofs.from_data(changed, q, (2,))
    with refused("wrong-fields"):
        DecryptionProofs.from_data(data | {"more": 1}, q, (2,))


def test_a_false_decryption_is_named_and_the_tally_goes_on() -> None:
    """Two of three are true: the result stands, and who was false is known."""
    group, ceremony = ED25519, held()
    tally = tally_of(ceremony, (4, 1))
    everybody = handed_in(ceremony, tally)
    wrong = group.text(group.exp_g(99))
    everybody[1] = spoiled(everybody[1], factors=((wrong, wrong),))
    true, false = sift(group, PHI, ceremony.trustees, tally, everybody)
    assert {owner: why.code for owner, why in false.items()} == {1: "false-decryption"}
    assert sorted(true) == [2, 3]
    assert make_result(group, ceremony.trustees, tally, true, 9).result == ((4, 1),)


def test_a_decryption_without_the_second_proof_is_false() -> None:
    """Belenios' own proof is not enough here."""
    group, ceremony = ED25519, held()
    tally = tally_of(ceremony, (4,))
    everybody = handed_in(ceremony, tally)
    decryption, bound = everybody[3]
    nothing = replace(bound, proofs=decryption.decryption_proofs)
    key = ceremony.trustees.verification_keys[2].public_key
    check_partial_decryption(group, PHI, key, tally, decryption)
    everybody[3] = (decryption, nothing)
    true, false = sift(group, PHI, ceremony.trustees, tally, everybody)
    assert sorted(true) == [1, 2] and sorted(false) == [3]


@settings(max_examples=10)
@given(data=st.data())
def test_every_subset_gives_the_same_counts(data: st.DataObject) -> None:
    """For any ceremony, all sets of enough trustees agree; one that deviates is found."""
    size = data.draw(st.integers(2, 5))
    threshold = data.draw(st.integers(1, size - 1))
    ceremony = hold(ED25519, size, threshold)
    trustees, tally = ceremony.trustees, tally_of(ceremony, (6,))
    true, _ = sift(ED25519, PHI, trustees, tally, handed_in(ceremony, tally))
    check_every_subset(ED25519, trustees, true)
    for owners in combinations(true, threshold):
        some = {owner: true[owner] for owner in owners}
        assert make_result(ED25519, trustees, tally, some, 9).result == ((6,),)
    liar = data.draw(st.integers(1, size))
    wrong = ((ED25519.text(ED25519.exp_g(99)),),)
    deviating = true | {liar: replace(true[liar], decryption_factors=wrong)}
    with refused("factors-disagree"):
        check_every_subset(ED25519, trustees, deviating)
