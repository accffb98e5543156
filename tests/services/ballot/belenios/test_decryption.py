"""Partial decryptions and the result that they give."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.ballot.belenios.decryption import (
    OwnedPartialDecryption,
    PartialDecryption,
    check_partial_decryption,
    make_partial_decryption,
)
from services.ballot.belenios.encoding import dumps, sha256_base64
from services.ballot.belenios.group import ED25519, GROUPS
from services.ballot.belenios.proof import Proof
from services.ballot.belenios.result import Logarithms, Result, lagrange, make_result
from services.ballot.belenios.tally import EncryptedTally, RunningTally, SizedEncryptedTally
from services.ballot.belenios.trustee import Trustees
from services.ballot.belenios.trustee_key import make_key

from .ceremonies import (
    ARCHIVES,
    PHI,
    SECRETS,
    Ceremony,
    archived,
    encryption,
    held,
    hold,
    of_the_vectors,
    refused,
    tally_of,
)


def decryptions(
    ceremony: Ceremony, tally: EncryptedTally, owners: tuple[int, ...]
) -> dict[int, PartialDecryption]:
    """What these trustees make of a tally."""
    keys = ceremony.private_keys
    return {
        owner: make_partial_decryption(ceremony.group, PHI, keys[owner - 1], tally)
        for owner in owners
    }


@pytest.mark.parametrize("name", ARCHIVES)
def test_the_result_of_the_vectors_is_found(name: str) -> None:
    """Every partial decryption holds, and together they give the result byte for byte."""
    found = archived(name)
    group, phi = found.group, sha256_base64(found.election.encode())
    trustees = Trustees.from_text(found.trustees, group)
    sized = SizedEncryptedTally.from_text(found.payloads("EncryptedTally")[0])
    tally = EncryptedTally.from_text(found.named(sized.encrypted_tally), group, [13])
    read = {}
    for owner, text in found.decryptions.items():
        read[owner] = PartialDecryption.from_text(text, group, [13])
        assert read[owner].to_text() == text
        key = trustees.verification_keys[owner - 1].public_key
        check_partial_decryption(group, phi, key, tally, read[owner])
    result = make_result(group, trustees, tally, read, sized.num_tallied)
    assert result.to_text() == found.payloads("Result")[0]
    assert Result.from_text(result.to_text(), [13]) == result


def test_the_trustees_of_the_vectors_decrypt_as_they_did() -> None:
    """Their private keys give their factors, and any two of the three the plain count."""
    found, vectors = archived(ARCHIVES[0]), of_the_vectors()
    tally = RunningTally.of_ballots(ED25519, [13], found.ballots).encrypted()
    made = decryptions(vectors, tally, (1, 2, 3))
    for owner, name in ((1, "pd1.json"), (2, "pd2.json")):
        text, owned = _lines(name)
        theirs = PartialDecryption.from_text(text, ED25519, [13])
        assert OwnedPartialDecryption.from_text(owned) == OwnedPartialDecryption(owner, theirs.hash)
        assert made[owner].decryption_factors == theirs.decryption_factors
    plain = [json.loads(line.split("\t")[1])[0] for line in _lines("pv.txt")]
    counts = tuple(map(sum, zip(*plain, strict=True)))
    for pair in combinations((1, 2, 3), 2):
        some = {owner: made[owner] for owner in pair}
        assert make_result(ED25519, vectors.trustees, tally, some, 100).result == (counts,)


def _lines(name: str) -> list[str]:
    return (SECRETS / name).read_text().splitlines()


@settings(max_examples=15)
@given(data=st.data())
def test_any_threshold_of_the_trustees_finds_the_counts(data: st.DataObject) -> None:
    """For any number of trustees, threshold, subset and counts; fewer do not."""
    size = data.draw(st.integers(1, 5))
    threshold = data.draw(st.integers(1, size))
    counts = data.draw(st.lists(st.integers(0, 30), min_size=1, max_size=3).map(tuple))
    ceremony = hold(ED25519, size, threshold)
    more = data.draw(st.integers(threshold, size))
    owners = tuple(data.draw(st.permutations(range(1, size + 1)))[:more])
    tally = tally_of(ceremony, counts, (7,))
    made = decryptions(ceremony, tally, owners)
    trustees = ceremony.trustees
    for owner in owners:
        key = trustees.verification_keys[owner - 1].public_key
        check_partial_decryption(ED25519, PHI, key, tally, made[owner])
    assert make_result(ED25519, trustees, tally, made, 30).result == (counts, (7,))
    fewer = {owner: made[owner] for owner in owners[: threshold - 1]}
    with refused("too-few-decryptions"):
        make_result(ED25519, trustees, tally, fewer, 30)


@pytest.mark.parametrize("name", GROUPS)
def test_single_trustees_and_groups_decrypt_together(name: str) -> None:
    """Every single one is needed, of the group any two."""
    group, ceremony = GROUPS[name], held(name)
    trustees = Trustees.made(group, [make_key(group, 11), *ceremony.trustees.items])
    keys = (11, *ceremony.private_keys)
    key = trustees.election_key
    tally = EncryptedTally(((encryption(group, key, 9), encryption(group, key, 0)),))
    made = {
        owner: make_partial_decryption(group, PHI, keys[owner - 1], tally) for owner in range(1, 5)
    }
    for some in ((1, 2, 3), (1, 2, 4), (1, 3, 4), (1, 2, 3, 4)):
        chosen = {owner: made[owner] for owner in some}
        assert make_result(group, trustees, tally, chosen, 10).result == ((9, 0),)
    for missing in ((2, 3, 4), (1, 2)):
        with refused("too-few-decryptions"):
            make_result(group, trustees, tally, {owner: made[owner] for owner in missing}, 10)


def test_a_false_decryption_is_refused() -> None:
    """Another factor, another order, another proof, another key, another election."""
    ceremony = held()
    tally = tally_of(ceremony, (3, 5))
    made = decryptions(ceremony, tally, (1,))[1]
    (factors,), (proofs,) = made.decryption_factors, made.decryption_proofs
    key, other = (one.public_key for one in ceremony.trustees.verification_keys[:2])
    wrong = ED25519.text(ED25519.exp_g(99))
    longer = Proof(proofs[0].challenge, (proofs[0].response + 1) % ED25519.q)
    check_partial_decryption(ED25519, PHI, key, tally, made)
    for spoiled in (
        replace(made, decryption_factors=((wrong, factors[1]),)),
        replace(made, decryption_factors=((factors[1], factors[0]),)),
        replace(made, decryption_proofs=((longer, proofs[1]),)),
        replace(made, decryption_proofs=((proofs[1], proofs[0]),)),
    ):
        with refused("false-decryption"):
            check_partial_decryption(ED25519, PHI, key, tally, spoiled)
    with refused("false-decryption"):
        check_partial_decryption(ED25519, PHI, other, tally, made)
    with refused("false-decryption"):
        check_partial_decryption(ED25519, PHI[::-1], key, tally, made)
    with refused("wrong-length"):
        check_partial_decryption(ED25519, PHI, key, tally_of(ceremony, (3, 5, 1)), made)
    with refused("wrong-length"):
        short = replace(made, decryption_proofs=(proofs[:1],))
        check_partial_decryption(ED25519, PHI, key, tally, short)


def test_a_decryption_has_one_form() -> None:
    """Challenges and responses from q on, points off the group, other lengths are refused."""
    ceremony, q = held(), ED25519.q
    tally = tally_of(ceremony, (3, 5))
    made = decryptions(ceremony, tally, (1,))[1]
    assert PartialDecryption.from_text(made.to_text(), ED25519, [2]) == made
    for shape in ([1], [3], [2, 2], [1, 1]):
        with refused("wrong-length"):
            PartialDecryption.from_text(made.to_text(), ED25519, shape)
    data = made.to_data()
    (proofs,) = data["decryption_proofs"]
    for name in ("challenge", "response"):
        for number in (str(q), str(q + int(proofs[0][name])), "-1", "٣", "1_0", "01"):
            spoiled = [[proofs[0] | {name: number}, proofs[1]]]
            with refused("bad-scalar"):
                text = dumps(data | {"decryption_proofs": spoiled})
                PartialDecryption.from_text(text, ED25519, [2])
    for factor in ("00" * 32, "0", 5, None):
        with refused("not-in-group"):
            text = dumps(data | {"decryption_factors": [[factor, factor]]})
            PartialDecryption.from_text(text, ED25519, [2])
    with refused("not-canonical"):
        PartialDecryption.from_text(dumps(dict(reversed(data.items()))), ED25519, [2])


def test_an_owner_is_a_number_from_1() -> None:
    """Nothing else is read as one, and nobody unknown decrypts."""
    good = OwnedPartialDecryption(2, "ab" * 32)
    assert OwnedPartialDecryption.from_text(good.to_text()) == good
    for owner, code in ((0, "no-such-trustee"), (True, "wrong-type"), (-1, "wrong-type")):
        with refused(code):
            OwnedPartialDecryption.from_text(dumps(good.to_data() | {"owner": owner}))
    ceremony = held()
    tally = tally_of(ceremony, (3,))
    made = decryptions(ceremony, tally, (1, 2))
    with refused("no-such-trustee"):
        make_result(ED25519, ceremony.trustees, tally, made | {4: made[1]}, 5)


def test_a_number_beyond_the_ballots_is_no_result() -> None:
    """Nor is what a false factor gives."""
    ceremony = held()
    tally = tally_of(ceremony, (11,))
    made = decryptions(ceremony, tally, (1, 2))
    assert make_result(ED25519, ceremony.trustees, tally, made, 11).result == ((11,),)
    with refused("no-result"):
        make_result(ED25519, ceremony.trustees, tally, made, 10)
    with refused("no-result"):
        make_result(ED25519, ceremony.trustees, tally, {1: made[2], 2: made[1]}, 5000)


@pytest.mark.parametrize("name", GROUPS)
@given(most=st.integers(0, 3000), data=st.data())
@settings(max_examples=20)
def test_logarithms_are_found_up_to_the_bound(name: str, most: int, data: st.DataObject) -> None:
    """Every number from 0 to the bound, and the next one not."""
    group = GROUPS[name]
    logarithms = Logarithms(group, most)
    number = data.draw(st.integers(0, most))
    for one in (0, number, most):
        assert logarithms.of(group.exp_g(one)) == one
    for beyond in (most + 1, -1, 10**30):
        with refused("no-result"):
            logarithms.of(group.exp_g(beyond))


@given(
    values=st.lists(st.integers(0, ED25519.q - 1), min_size=1, max_size=6),
    at=st.integers(0, 20),
)
def test_interpolation_finds_a_polynomials_value(values: list[int], at: int) -> None:
    """As many values as coefficients give it at every place."""
    q = ED25519.q

    def value(x: int) -> int:
        return sum(one * pow(x, k, q) for k, one in enumerate(values)) % q

    places = list(range(21, 21 + len(values)))
    weights = lagrange(places, at, q)
    found = sum(weight * value(place) for weight, place in zip(weights, places, strict=True)) % q
    assert found == value(at)


def test_a_result_has_one_form() -> None:
    """Negative numbers, true for 1, other lengths and other fields are refused."""
    for text, code in (
        ('{"result":[[-1]]}', "wrong-type"),
        ('{"result":[[true]]}', "wrong-type"),
        ('{"result":[["1"]]}', "wrong-type"),
        ('{"result":[[1,2]]}', "wrong-length"),
        ('{"result":[[1],[1]]}', "wrong-length"),
        ('{"result":[[1]],"more":1}', "wrong-fields"),
        ('{"result":[[1.0]]}', "not-json"),
        ('{"result": [[1]]}', "not-canonical"),
    ):
        with refused(code):
            Result.from_text(text, [1])
