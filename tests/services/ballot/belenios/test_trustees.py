"""The trustees of an election: what is published of them holds, or is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from services.ballot.belenios.encoding import dumps
from services.ballot.belenios.group import BELENIOS_2048, ED25519, GROUPS
from services.ballot.belenios.pki import sign, signing_key
from services.ballot.belenios.proof import Proof
from services.ballot.belenios.threshold import ThresholdParameters, make_parameters
from services.ballot.belenios.trustee import Trustees
from services.ballot.belenios.trustee_key import (
    TrusteePublicKey,
    check_key,
    check_key_signature,
    make_key,
)

from .ceremonies import ARCHIVES, OLDER, archived, held, hold, refused


@pytest.mark.parametrize("name", ARCHIVES)
def test_the_vectors_trustees_have_their_elections_key(name: str) -> None:
    """Every check holds, the product is the election's key, the text comes out as it went in."""
    found = archived(name)
    trustees = Trustees.from_text(found.trustees, found.group)
    assert trustees.election_key == json.loads(found.election)["public_key"]
    assert trustees.to_text() == found.trustees
    assert trustees.hash == json.loads(found.payloads("Setup")[0])["trustees"]
    assert len(trustees.verification_keys) == 3


@pytest.mark.parametrize("name", GROUPS)
def test_owners_are_numbered_over_all_keys(name: str) -> None:
    """Single trustees and groups may be mixed; numbers go on from one item to the next."""
    group, ceremony = GROUPS[name], held(name)
    pedersen = ceremony.trustees.items[0]
    items = [make_key(group, 11), pedersen, make_key(group, 12)]
    trustees = Trustees.made(group, items)
    assert [owners for _, owners in trustees.groups] == [(1,), (2, 3, 4), (5,)]
    assert trustees.verification_keys[4].public_key == group.text(group.exp_g(12))
    product = group.mul(group.exp_g(23), group.parse(ceremony.trustees.election_key))
    assert trustees.election_key == group.text(product)
    assert Trustees.from_text(trustees.to_text(), group) == trustees


def test_a_key_needs_its_proof() -> None:
    """A key whose secret need not be known could cancel the others out."""
    group, key = ED25519, make_key(ED25519, 12345)
    assert check_key(group, key) == group.exp_g(12345)
    other = replace(key, public_key=group.text(group.exp_g(5)))
    changed = replace(key, pok=Proof(key.pok.challenge, (key.pok.response + 1) % group.q))
    for wrong in (other, changed):
        with refused("bad-key-proof"):
            check_key(group, wrong)
        with refused("bad-key-proof"):
            Trustees.made(group, [make_key(group, 7), wrong])


def test_the_identity_is_no_key() -> None:
    """Neither a trustee's, nor the product of all."""
    group = ED25519
    with refused("not-in-group"):
        Trustees.made(group, [make_key(group, 0)])
    with refused("not-in-group"):
        Trustees.made(group, [make_key(group, 5), make_key(group, -5 % group.q)])


def test_one_trustee_stands_once() -> None:
    """Two equal single keys would be one person who looks like two."""
    with refused("same-key"):
        Trustees.made(ED25519, [make_key(ED25519, 5), make_key(ED25519, 5)])
    with refused("no-trustees"):
        Trustees.made(ED25519, [])


def test_a_single_key_has_no_signature_and_a_groups_must() -> None:
    """Only a certificate's key could sign it."""
    group, ceremony = ED25519, held()
    sk = signing_key(group, ceremony.seeds[0])
    with refused("wrong-fields"):
        Trustees.made(group, [make_key(group, 5, sk=sk)])
    vk = group.parse(ceremony.certs[0].keys.verification)
    with refused("bad-key-signature"):
        check_key_signature(group, vk, make_key(group, 5))
    check_key_signature(group, vk, make_key(group, 5, sk=sk))


def _parameters() -> ThresholdParameters:
    (item,) = held().trustees.items
    assert isinstance(item, ThresholdParameters)
    return item


def _second(values: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    return (values[0], value, *values[2:])


def _resigned_coefficients() -> Any:
    message = dumps({"coefexps": [ED25519.text(ED25519.exp_g(x)) for x in (5, 6)]})
    return sign(ED25519, signing_key(ED25519, held().seeds[1]), message)


SPOILED = {
    "bad-threshold": lambda p: replace(p, threshold=3),
    "bad-certificate": lambda p: replace(
        p,
        certs=_second(
            p.certs,
            replace(
                p.certs[1], signed=replace(p.certs[1].signed, signature=p.certs[0].signed.signature)
            ),
        ),
    ),
    "wrong-context": lambda p: replace(p, certs=p.certs[::-1]),
    "bad-coefficients": lambda p: replace(p, coefexps=_second(p.coefexps, p.coefexps[0])),
    "bad-agreement": lambda p: replace(p, signatures=_second(p.signatures, p.signatures[0])),
    "wrong-key": lambda p: replace(p, verification_keys=p.verification_keys[::-1]),
    "bad-key-signature": lambda p: replace(
        p,
        verification_keys=_second(
            p.verification_keys, replace(p.verification_keys[1], signature=None)
        ),
    ),
    "bad-key-proof": lambda p: replace(
        p,
        verification_keys=_second(
            p.verification_keys,
            replace(p.verification_keys[1], pok=p.verification_keys[0].pok),
        ),
    ),
}


@pytest.mark.parametrize("code", SPOILED)
def test_parameters_that_do_not_hold_are_refused(code: str) -> None:
    """Each part of a ceremony is bound to all others."""
    spoiled = SPOILED[code](_parameters())
    with refused(code):
        Trustees.made(ED25519, [spoiled])
    with refused(code):
        Trustees.from_text(dumps([["Pedersen", spoiled.to_data()]]), ED25519)


def test_coefficients_signed_anew_are_refused() -> None:
    """A dealer cannot publish others than those that she agreed on with the certificates."""
    parameters = _parameters()
    spoiled = replace(parameters, coefexps=_second(parameters.coefexps, _resigned_coefficients()))
    with refused("bad-agreement"):
        Trustees.made(ED25519, [spoiled])


@pytest.mark.parametrize("name", ["certs", "coefexps", "signatures", "verification_keys"])
def test_parameters_of_unequal_lengths_are_refused(name: str) -> None:
    """There is one of each for every trustee."""
    data = _parameters().to_data()
    data[name] = data[name][:2]
    with refused("wrong-length"):
        Trustees.from_text(dumps([["Pedersen", data]]), ED25519)


def test_threshold_trustees_of_the_older_release_are_refused() -> None:
    """What Debian's 2.0 wrote lacks the signatures, and what it wrote of them the contexts."""
    text = OLDER.read_text().strip()
    with refused("older-threshold"):
        Trustees.from_text(text, BELENIOS_2048)
    ((_, data),) = json.loads(text)
    data["signatures"] = [{"challenge": "1", "response": "1"}] * 3
    with refused("older-threshold"):
        ThresholdParameters.from_data(data, BELENIOS_2048.q)


def test_trustees_have_one_form() -> None:
    """Other kinds, orders, blanks and fields are refused, and trustees of the other group."""
    group = ED25519
    text = Trustees.made(group, [make_key(group, 5)]).to_text()
    ((_, key),) = json.loads(text)
    for changed, code in (
        (dumps([["Other", key]]), "unknown-trustee"),
        (dumps([["Single", key, 1]]), "wrong-length"),
        (dumps([["Single", dict(reversed(key.items()))]]), "not-canonical"),
        (text.replace(",", ", "), "not-canonical"),
        (dumps([["Single", key | {"name": "x"}]]), "wrong-fields"),
        (dumps({"Single": key}), "wrong-length"),
    ):
        with refused(code):
            Trustees.from_text(changed, group)
    with refused("not-in-group|bad-scalar"):
        Trustees.from_text(text, BELENIOS_2048)


def test_a_key_is_written_as_it_is_read() -> None:
    """With a signature and without."""
    for key in (make_key(ED25519, 5), make_key(ED25519, 5, sk=6)):
        assert TrusteePublicKey.from_text(dumps(key.to_data()), ED25519.q) == key


def test_steps_of_two_ceremonies_do_not_mix() -> None:
    """What was signed in one ceremony holds in no other."""
    one, other = held(), hold(ED25519, 3, 2)
    with refused("bad-coefficients"):
        make_parameters(ED25519, one.certs, other.polynomials, one.voutputs)
    with refused("wrong-key"):
        make_parameters(ED25519, one.certs, one.polynomials, other.voutputs)
