"""The key ceremony: it ends in one key, and whoever deviates is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.ballot.belenios.certificate import (
    Certificate,
    check_certificates,
    make_certificate,
    own_index,
)
from services.ballot.belenios.dealing import Polynomial, Vinput, Voutput
from services.ballot.belenios.encoding import dumps
from services.ballot.belenios.group import ED25519, GROUPS
from services.ballot.belenios.pedersen import (
    BadShare,
    check_polynomial,
    make_polynomial,
    make_vinputs,
    make_voutput,
    read_private_key,
)
from services.ballot.belenios.pki import make_seed, send, sign, signing_key
from services.ballot.belenios.result import lagrange
from services.ballot.belenios.threshold import check_voutput, make_parameters
from services.ballot.belenios.trustee import Trustees
from services.ballot.belenios.trustee_key import make_key

from .ceremonies import (
    ARCHIVES,
    Ceremony,
    archived,
    decryption_keys_of_the_vectors,
    held,
    hold,
    of_the_vectors,
    refused,
)


def test_the_ceremony_of_the_vectors_is_followed_step_by_step() -> None:
    """What each trustee of the vectors did, we do to the same effect."""
    vectors, group = of_the_vectors(), ED25519
    assert check_certificates(group, vectors.certs)[0] == 2
    assert tuple(make_vinputs(group, vectors.certs, vectors.polynomials)) == vectors.vinputs
    for index, (seed, vinput, voutput) in enumerate(
        zip(vectors.seeds, vectors.vinputs, vectors.voutputs, strict=True), 1
    ):
        made = make_voutput(group, seed, vectors.certs, vinput)
        assert made.public_key.public_key == voutput.public_key.public_key
        check_voutput(group, vectors.certs, vectors.polynomials, index, voutput)
        check_voutput(group, vectors.certs, vectors.polynomials, index, made)


def test_the_keys_of_the_vectors_are_read() -> None:
    """Each ``.dkey`` holds the private key of its trustee's public one."""
    vectors, group = of_the_vectors(), ED25519
    for seed, sealed, voutput in zip(
        vectors.seeds, decryption_keys_of_the_vectors(), vectors.voutputs, strict=True
    ):
        x = read_private_key(group, seed, sealed)
        assert group.text(group.exp_g(x)) == voutput.public_key.public_key
        with refused("unreadable"):
            read_private_key(group, make_seed(), sealed)


def test_the_vectors_trustees_are_made_byte_for_byte() -> None:
    """Step 6 gives the bytes in the archive."""
    assert of_the_vectors().trustees.to_text() == archived(ARCHIVES[0]).trustees


@pytest.mark.parametrize("name", GROUPS)
def test_messages_are_written_as_they_are_read(name: str) -> None:
    """Every message of every step has one form."""
    ceremony, q = held(name), GROUPS[name].q
    for kind, messages in (
        (Certificate, ceremony.certs),
        (Polynomial, ceremony.polynomials),
        (Vinput, ceremony.vinputs),
        (Voutput, ceremony.voutputs),
    ):
        for message in messages:
            text = dumps(message.to_data())
            assert kind.from_text(text, q) == message
            with refused("not-canonical"):
                kind.from_text(dumps(dict(reversed(message.to_data().items()))), q)


@settings(max_examples=15)
@given(data=st.data())
def test_any_threshold_of_the_private_keys_makes_the_key(data: st.DataObject) -> None:
    """Every subset of t private keys gives the election's key; t - 1 of them do not."""
    size = data.draw(st.integers(1, 6))
    threshold = data.draw(st.integers(1, size))
    ceremony = hold(ED25519, size, threshold)
    places = data.draw(st.permutations(range(1, size + 1)))[:threshold]
    keys, q = ceremony.private_keys, ED25519.q

    def key_of(some: list[int]) -> str:
        weights = lagrange(some, 0, q)
        x = sum(weight * keys[place - 1] for weight, place in zip(weights, some, strict=True))
        return ED25519.text(ED25519.exp_g(x))

    assert key_of(places) == ceremony.trustees.election_key
    if threshold > 1:
        assert key_of(places[1:]) != ceremony.trustees.election_key


def _certificates(ceremony: Ceremony, place: int, **changed: Any) -> list[Certificate]:
    """The certificates, one of them made anew with another context."""
    context: dict[str, Any] = {"size": 3, "threshold": 2, "index": place} | changed
    group = context.pop("group", ceremony.group)
    made = make_certificate(group, ceremony.seeds[place - 1], **context)
    return [made if i == place else one for i, one in enumerate(ceremony.certs, 1)]


@pytest.mark.parametrize(
    "changed",
    [{"size": 4}, {"threshold": 3}, {"index": 1}, {"group": GROUPS["BELENIOS-2048"]}],
    ids=["size", "threshold", "index", "group"],
)
def test_a_certificate_of_another_ceremony_is_refused(changed: dict[str, Any]) -> None:
    """Its context must be this ceremony's."""
    certs = _certificates(held(), 2, **changed)
    with refused("wrong-context"):
        check_certificates(ED25519, certs)
    with refused("wrong-context"):
        make_polynomial(ED25519, held().seeds[0], certs)


def test_certificates_out_of_place_are_refused() -> None:
    """Every certificate says its place."""
    first, second, third = held().certs
    for certs in ((second, first, third), (first, second), (first, first, third), ()):
        with refused("wrong-context|wrong-length|same-key"):
            check_certificates(ED25519, certs)


def test_a_key_in_two_certificates_is_refused() -> None:
    """Nobody has two places."""
    ceremony = held()
    again = make_certificate(ED25519, ceremony.seeds[0], size=3, threshold=2, index=2)
    with refused("same-key"):
        check_certificates(ED25519, [ceremony.certs[0], again, ceremony.certs[2]])


def test_a_certificate_that_another_signed_is_refused() -> None:
    """It is signed by the key in it."""
    first, second, third = held().certs
    forged = sign(ED25519, signing_key(ED25519, held().seeds[0]), second.signed.message)
    with refused("bad-certificate"):
        check_certificates(ED25519, [first, replace(second, signed=forged), third])


def test_the_identity_is_no_key_of_a_certificate() -> None:
    """Everybody could sign with it and read what is sent to it."""
    first, second, third = held().certs
    one = ED25519.text(ED25519.one)
    for keys in (replace(second.keys, verification=one), replace(second.keys, encryption=one)):
        sk = signing_key(ED25519, held().seeds[1])
        forged = Certificate(sign(ED25519, sk, dumps(keys.to_data())), keys)
        with refused("not-in-group"):
            check_certificates(ED25519, [first, forged, third])


@pytest.mark.parametrize("threshold", [0, 4])
def test_a_threshold_beyond_the_trustees_is_refused(threshold: int) -> None:
    """It is from 1 to their number."""
    certs = [
        make_certificate(ED25519, seed, size=3, threshold=threshold, index=index)
        for index, seed in enumerate(held().seeds, 1)
    ]
    with refused("bad-threshold"):
        check_certificates(ED25519, certs)


def test_a_seed_without_certificate_takes_no_part() -> None:
    """Whose certificate is not in the list is not a trustee."""
    with refused("not-mine"):
        own_index(ED25519, held().certs, make_seed())
    with refused("not-mine"):
        make_polynomial(ED25519, make_seed(), held().certs)


def _dealt(**changed: Any) -> list[Polynomial]:
    """The polynomials, the second changed."""
    first, second, third = held().polynomials
    return [first, replace(second, **changed), third]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"coefexps": held().polynomials[0].coefexps}, "bad-coefficients"),
        ({"signature": held().polynomials[0].signature}, "bad-agreement"),
        ({"secrets": held().polynomials[1].secrets[:2]}, "wrong-length"),
    ],
    ids=["coefficients", "agreement", "shares"],
)
def test_a_polynomial_that_does_not_hold_is_refused(changed: dict[str, Any], code: str) -> None:
    """Its coefficients and its certificates are the dealer's own, its shares one for each."""
    with refused(code):
        check_polynomial(ED25519, held().certs, 2, _dealt(**changed)[1])
    with refused(code):
        make_vinputs(ED25519, held().certs, _dealt(**changed))


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        ([ED25519.g], "wrong-length"),
        ([ED25519.g, ED25519.g, ED25519.g], "wrong-length"),
        ([ED25519.one, ED25519.g], "not-in-group"),
        ([ED25519.g, ED25519.one], "not-in-group"),
    ],
    ids=["too few", "too many", "identity", "lower degree"],
)
def test_coefficients_of_another_degree_are_refused(texts: list[bytes], code: str) -> None:
    """A dealer publishes as many as the threshold, none of them the identity."""
    message = dumps({"coefexps": [ED25519.text(one) for one in texts]})
    coefexps = sign(ED25519, signing_key(ED25519, held().seeds[1]), message)
    with refused(code):
        check_polynomial(ED25519, held().certs, 2, _dealt(coefexps=coefexps)[1])


def spoiled_share(message: str) -> Vinput:
    """What trustee 3 is given, with another text in the place of trustee 2's share."""
    ceremony = held()
    sk = signing_key(ED25519, ceremony.seeds[1])
    share = send(ED25519, sk, ceremony.certs[2].keys.encryption, message)
    first, _, third = ceremony.vinputs[2].secrets
    return replace(ceremony.vinputs[2], secrets=(first, share, third))


@pytest.mark.parametrize("message", [dumps({"secret": "5"}), dumps({"secret": 5}), "no share"])
def test_a_share_that_does_not_match_names_its_dealer(message: str) -> None:
    """Trustee 2 sent trustee 3 a false share."""
    with pytest.raises(BadShare) as refusal:
        make_voutput(ED25519, held().seeds[2], held().certs, spoiled_share(message))
    assert (refusal.value.dealer, refusal.value.recipient) == (2, 3)
    assert refusal.value.code == "bad-share" and "trustee 2" in refusal.value.en


def test_a_share_that_its_dealer_did_not_send_is_unreadable() -> None:
    """It is refused, but no evidence against the dealer: somebody else may have put it there."""
    first, _, third = held().vinputs[2].secrets
    vinput = replace(held().vinputs[2], secrets=(first, first, third))
    with refused("unreadable-share"):
        make_voutput(ED25519, held().seeds[2], held().certs, vinput)


def test_other_coefficients_than_ones_own_are_refused() -> None:
    """A trustee finds her own coefficients on the board."""
    ceremony = held()
    other = make_polynomial(ED25519, ceremony.seeds[2], ceremony.certs)
    vinput = replace(ceremony.vinputs[2], polynomial=other.polynomial)
    with refused("not-my-polynomial"):
        make_voutput(ED25519, ceremony.seeds[2], ceremony.certs, vinput)


@pytest.mark.parametrize("name", ["secrets", "coefexps", "signatures"])
def test_a_vinput_of_another_length_is_refused(name: str) -> None:
    """There is one of each for every trustee."""
    vinput = replace(held().vinputs[0], **{name: getattr(held().vinputs[0], name)[:2]})
    with refused("wrong-length"):
        make_voutput(ED25519, held().seeds[0], held().certs, vinput)


def test_what_others_did_not_sign_is_refused_by_every_trustee() -> None:
    """Whoever sorts the messages may not change coefficients or agreements on the way."""
    ceremony = held()
    vinput = ceremony.vinputs[0]
    first, second, third = vinput.signatures
    a, b, c = vinput.coefexps
    for changed, code in (
        (replace(vinput, signatures=(first, third, second)), "bad-agreement"),
        (replace(vinput, coefexps=(a, c, b)), "bad-coefficients"),
    ):
        with refused(code):
            make_voutput(ED25519, ceremony.seeds[0], ceremony.certs, changed)


def test_trustees_who_saw_other_certificates_find_out() -> None:
    """Everybody signs all certificates: a split view ends the ceremony."""
    ceremony, seed = held(), make_seed()
    other = make_certificate(ED25519, seed, size=3, threshold=2, index=1)
    certs = [other, *ceremony.certs[1:]]
    dealt = [make_polynomial(ED25519, seed, certs), *ceremony.polynomials[1:]]
    with refused("bad-agreement"):
        make_vinputs(ED25519, certs, dealt)


def test_a_key_that_does_not_follow_from_the_shares_is_refused() -> None:
    """A trustee cannot choose her public key."""
    ceremony = held()
    other = make_key(ED25519, 12345, sk=signing_key(ED25519, ceremony.seeds[1]))
    voutput = replace(ceremony.voutputs[1], public_key=other)
    with refused("wrong-key"):
        check_voutput(ED25519, ceremony.certs, ceremony.polynomials, 2, voutput)
    with refused("wrong-key"):
        make_parameters(
            ED25519,
            ceremony.certs,
            ceremony.polynomials,
            [ceremony.voutputs[0], voutput, ceremony.voutputs[2]],
        )


def test_a_ceremony_of_one_is_a_ceremony() -> None:
    """One of one is allowed by the protocol; a congress asks for more."""
    ceremony = hold(ED25519, 1, 1)
    assert isinstance(ceremony.trustees, Trustees)
    key = ED25519.text(ED25519.exp_g(ceremony.private_keys[0]))
    assert ceremony.trustees.election_key == key


def test_a_place_is_a_number_from_1_to_all() -> None:
    """Nobody else's polynomial or key is asked for."""
    ceremony = held()
    for index in (-1, 0, 4):
        with refused("no-such-trustee"):
            check_polynomial(ED25519, ceremony.certs, index, ceremony.polynomials[0])
        with refused("no-such-trustee"):
            check_voutput(
                ED25519, ceremony.certs, ceremony.polynomials, index, ceremony.voutputs[0]
            )


def test_a_key_is_checked_against_everybodys_coefficients() -> None:
    """One polynomial that is missing or false, and no key can be judged."""
    ceremony = held()
    for polynomials, code in (
        (ceremony.polynomials[:2], "wrong-length"),
        (_dealt(signature=ceremony.polynomials[0].signature), "bad-agreement"),
    ):
        with refused(code):
            check_voutput(ED25519, ceremony.certs, polynomials, 1, ceremony.voutputs[0])
