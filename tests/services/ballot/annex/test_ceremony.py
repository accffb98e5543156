"""Commitments before anything is revealed, and complaints that anybody can judge."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.ballot.annex.ceremony import (
    Commitment,
    Complaint,
    check_commitments,
    check_revealed,
    commit,
    commitment_to,
    judge_complaint,
    scrutineers,
)
from services.ballot.belenios.encoding import dumps, sha256_hex
from services.ballot.belenios.group import ED25519, GROUPS
from services.ballot.belenios.pedersen import BadShare, make_polynomial, make_voutput
from services.ballot.belenios.pki import (
    SignedMessage,
    decryption_key,
    make_seed,
    receive,
    send,
    sign,
    signing_key,
)
from services.ballot.belenios.trustee import Trustees
from services.ballot.belenios.trustee_key import make_key

from ..belenios.ceremonies import Ceremony, held, hold, refused


def commitments(ceremony: Ceremony) -> list[Commitment]:
    """What everybody posts."""
    return [
        commit(ceremony.group, seed, ceremony.certs, polynomial.coefexps.message)
        for seed, polynomial in zip(ceremony.seeds, ceremony.polynomials, strict=True)
    ]


def revealed(ceremony: Ceremony) -> list[SignedMessage]:
    """What everybody publishes afterwards."""
    return [one.coefexps for one in ceremony.polynomials]


def test_a_commitment_is_the_hash_that_is_written_down() -> None:
    """Anybody computes it from certificates, place and coefficients."""
    ceremony = held()
    raw = ceremony.polynomials[1].coefexps.message
    certs = "[" + ",".join(dumps(one.to_data()) for one in ceremony.certs) + "]"
    expected = sha256_hex(f"minsheng-commit-1|{sha256_hex(certs.encode())}|2|{raw}".encode())
    assert commitment_to(ceremony.certs, 2, raw) == expected
    assert commitments(ceremony)[1].commitment == expected


@pytest.mark.parametrize("name", GROUPS)
def test_who_commits_reveals(name: str) -> None:
    """When all have committed all may reveal, and what they reveal is what they committed to."""
    ceremony = held(name)
    posted = commitments(ceremony)
    q = ceremony.group.q
    assert [Commitment.from_data(one.to_data(), q) for one in posted] == posted
    check_commitments(ceremony.group, ceremony.certs, posted[::-1])
    check_revealed(ceremony.certs, posted, revealed(ceremony))


def test_nobody_reveals_before_all_have_committed() -> None:
    """One that is missing, one that is there twice, one of nobody."""
    ceremony = held()
    first, second, third = commitments(ceremony)
    for posted in (
        [],
        [first, second],
        [first, second, second],
        [first, second, third, third],
        [first, second, replace(third, index=4)],
        [replace(first, index=0), second, third],
    ):
        with refused("commitments-missing"):
            check_commitments(ED25519, ceremony.certs, posted)


def test_a_commitment_is_its_trustees_own() -> None:
    """Nobody commits for another, or changes what another posted."""
    ceremony = held()
    first, second, third = commitments(ceremony)
    for changed in (
        replace(second, signature=third.signature),
        replace(second, commitment="ab" * 32),
    ):
        with refused("bad-signature"):
            check_commitments(ED25519, ceremony.certs, [first, changed, third])


def test_a_last_mover_cannot_choose_anew() -> None:
    """Other coefficients than those committed to are refused, though they be signed."""
    ceremony = held()
    posted, published = commitments(ceremony), revealed(ceremony)
    again = make_polynomial(ED25519, ceremony.seeds[2], ceremony.certs)
    with refused("other-coefficients") as refusal:
        check_revealed(ceremony.certs, posted, [*published[:2], again.coefexps])
    assert "trustee 3" in refusal.value.en
    with refused("other-coefficients"):
        check_revealed(ceremony.certs, posted[:2], published)
    with refused("wrong-length"):
        check_revealed(ceremony.certs, posted, published[:2])


def test_a_commitment_serves_one_ceremony() -> None:
    """The same coefficients under other certificates have another hash."""
    ceremony, other = held(), hold(ED25519, 3, 2)
    with refused("other-coefficients"):
        check_revealed(other.certs, commitments(ceremony), revealed(ceremony))


def share(ceremony: Ceremony, message: str, *, dealer: int = 2, recipient: int = 3) -> str:
    """A share as a dealer sends it."""
    sk = signing_key(ceremony.group, ceremony.seeds[dealer - 1])
    return send(ceremony.group, sk, ceremony.certs[recipient - 1].keys.encryption, message)


def complaint(ceremony: Ceremony, message: str) -> Complaint:
    """What trustee 3 says of a false share from trustee 2."""
    vinput = ceremony.vinputs[2]
    first, _, third = vinput.secrets
    spoiled = replace(vinput, secrets=(first, share(ceremony, message), third))
    with pytest.raises(BadShare) as refusal:
        make_voutput(ceremony.group, ceremony.seeds[2], ceremony.certs, spoiled)
    return Complaint.about(refusal.value)


@pytest.mark.parametrize("name", GROUPS)
@pytest.mark.parametrize("message", [dumps({"secret": "5"}), dumps({"share": "5"}), "nonsense"])
def test_a_false_share_convicts_its_dealer(name: str, message: str) -> None:
    """A third party needs certificates, published coefficients and the complaint, and no key."""
    ceremony = held(name)
    made = complaint(ceremony, message)
    read = Complaint.from_data(made.to_data(), ceremony.group.q)
    published = ceremony.polynomials[1].coefexps
    assert read == made
    assert judge_complaint(ceremony.group, ceremony.certs, published, read) == 2


def test_a_complaint_reveals_one_share_and_no_key() -> None:
    """No other share can be read with what it says."""
    ceremony = held()
    text = dumps(complaint(ceremony, dumps({"secret": "5"})).to_data())
    seed, group = ceremony.seeds[2], ceremony.group
    dk = decryption_key(group, seed)
    assert str(dk) not in text and seed not in text
    for dealer in (1, 3):
        vk = group.parse(ceremony.certs[dealer - 1].keys.verification)
        other = receive(group, dk, vk, ceremony.vinputs[2].secrets[dealer - 1])
        assert other.message not in text


def honest_share(ceremony: Ceremony) -> SignedMessage:
    """What trustee 2 really sent to trustee 3."""
    group = ceremony.group
    vk = group.parse(ceremony.certs[1].keys.verification)
    dk = decryption_key(group, ceremony.seeds[2])
    return receive(group, dk, vk, ceremony.vinputs[2].secrets[1])


def test_an_honest_dealer_is_not_convicted() -> None:
    """A true share, a share that was forged, and one that was meant for another convict nobody."""
    ceremony = held()
    published = ceremony.polynomials[1].coefexps
    true = honest_share(ceremony)
    forged = sign(ED25519, signing_key(ED25519, ceremony.seeds[2]), true.message)
    for made, code in (
        (Complaint(2, 3, true), "unfounded-complaint"),
        (Complaint(2, 3, forged), "bad-signature"),
        (Complaint(2, 1, true), "wrong-recipient"),
        (Complaint(1, 3, true), "bad-signature|bad-coefficients"),
        (Complaint(0, 3, true), "no-such-trustee"),
        (Complaint(2, 4, true), "no-such-trustee"),
    ):
        with refused(code):
            judge_complaint(ED25519, ceremony.certs, published, made)


def test_a_dealer_is_judged_by_what_she_published() -> None:
    """Coefficients that she did not sign cannot be held against her."""
    ceremony = held()
    made = Complaint(2, 3, honest_share(ceremony))
    with refused("bad-coefficients"):
        judge_complaint(ED25519, ceremony.certs, ceremony.polynomials[0].coefexps, made)


@pytest.mark.parametrize(("size", "threshold"), [(1, 1), (2, 2), (3, 2), (4, 3), (5, 3)])
def test_more_than_half_of_the_scrutineers_decrypt(size: int, threshold: int) -> None:
    """Such a group is taken, and one with a threshold of less is not."""
    parameters = scrutineers(hold(ED25519, size, threshold).trustees)
    assert (len(parameters.certs), parameters.threshold) == (size, threshold)
    if threshold > 1:
        with refused("low-threshold"):
            scrutineers(hold(ED25519, size, size // 2).trustees)


def test_scrutineers_are_one_group() -> None:
    """Belenios would take single trustees, and mixtures."""
    single = make_key(ED25519, 5)
    group = held().trustees.items[0]
    for items in ([single], [single, group], [group, single]):
        with refused("not-scrutineers"):
            scrutineers(Trustees.made(ED25519, items))


def test_a_stranger_commits_to_nothing() -> None:
    """Only a certificate's owner has a place."""
    with refused("not-mine"):
        commit(ED25519, make_seed(), held().certs, held().polynomials[0].coefexps.message)
