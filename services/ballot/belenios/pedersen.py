"""Pedersen's distributed key generation: t of m trustees can decrypt, and nobody has the key.

The steps of the specification (sections "Polynomials" to "Threshold parameters"), for trustee i:

1. ``make_certificate`` (module ``certificate``);
3. ``make_polynomial``: chooses f_i of degree t-1, publishes g to its coefficients, sends f_i(j) to
   every trustee j; anybody may ``check_polynomial``;
4. ``make_vinputs``: whoever has all polynomials sorts them by recipient;
5. ``make_voutput``: checks what was sent, adds it up to the own private key, publishes the key;
   anybody may ``check_voutput``;
6. ``make_parameters`` (module ``threshold``): what is published with the election.

Stricter than release 3.3.0: step 5 asks for everybody's signature over the certificates and for the
own coefficients, so that all trustees have seen one ceremony.
"""

from __future__ import annotations

from collections.abc import Sequence

from .certificate import Certificate, check_certificates, own_index
from .coefficients import (
    check_agreement,
    check_coefexps,
    expected_share,
    raw_coefexps,
    sign_agreement,
)
from .dealing import Polynomial, Vinput, Voutput
from .encoding import array, canonical, dumps, fields, scalar
from .group import Element, Group
from .pki import (
    MOST_BYTES,
    SignedMessage,
    channel_message,
    decryption_key,
    receive,
    send,
    sign,
    signing_key,
)
from .proof import random_scalar
from .refused import Refused
from .trustee_key import make_key


class BadShare(Refused):
    """A dealer's share does not match the coefficients that she published.

    ``dealer``: her place from 1.  ``recipient``: whom it was sent to.  ``share``: the message as
    she signed it, which is the evidence.
    """

    def __init__(self, dealer: int, recipient: int, share: SignedMessage) -> None:
        super().__init__(
            "bad-share",
            f"the share from trustee {dealer} to trustee {recipient} does not match her"
            " coefficients",
            f"第 {dealer} 位监票人发给第 {recipient} 位的份额与其公布的系数不符",
        )
        self.dealer = dealer
        self.recipient = recipient
        self.share = share


def make_polynomial(group: Group, seed: str, certs: Sequence[Certificate]) -> Polynomial:
    """Step 3.  Refused unless the certificates are one ceremony's and the seed's is among them."""
    threshold, _ = check_certificates(group, certs)
    index = own_index(group, certs, seed)
    sk = signing_key(group, seed)
    coefficients = [random_scalar(group) for _ in range(threshold)]
    raw = raw_coefexps(group, coefficients)
    shares = [
        dumps({"secret": str(_value(coefficients, j, group.q))}) for j in range(1, len(certs) + 1)
    ]
    secret = dumps({"polynomial": list(map(str, coefficients))})
    return Polynomial(
        send(group, sk, certs[index - 1].keys.encryption, secret),
        tuple(
            send(group, sk, cert.keys.encryption, share)
            for cert, share in zip(certs, shares, strict=True)
        ),
        sign(group, sk, raw),
        sign_agreement(group, sk, certs, raw),
    )


def check_polynomial(
    group: Group, certs: Sequence[Certificate], index: int, polynomial: Polynomial
) -> None:
    """What everybody can check of trustee ``index``'s polynomial; Refused if it fails."""
    threshold, vks = check_certificates(group, certs)
    vk = vks[_place(index, certs) - 1]
    _check_dealer(group, certs, vk, index, polynomial, threshold)


def check_polynomials(
    group: Group, certs: Sequence[Certificate], polynomials: Sequence[Polynomial]
) -> list[list[Element]]:
    """Everybody's published coefficients; Refused if one polynomial does not hold."""
    threshold, vks = check_certificates(group, certs)
    array(list(polynomials), len(certs))
    return [
        _check_dealer(group, certs, vk, index, polynomial, threshold)
        for index, (vk, polynomial) in enumerate(zip(vks, polynomials, strict=True), 1)
    ]


def make_vinputs(
    group: Group, certs: Sequence[Certificate], polynomials: Sequence[Polynomial]
) -> list[Vinput]:
    """Step 4: one for each trustee, in their order; Refused if a polynomial does not hold."""
    check_polynomials(group, certs, polynomials)
    coefexps = tuple(one.coefexps for one in polynomials)
    signatures = tuple(one.signature for one in polynomials)
    return [
        Vinput(own.polynomial, tuple(one.secrets[j] for one in polynomials), coefexps, signatures)
        for j, own in enumerate(polynomials)
    ]


def make_voutput(group: Group, seed: str, certs: Sequence[Certificate], vinput: Vinput) -> Voutput:
    """Step 5.  BadShare for a dealer whose share is false; Refused for all else that is wrong."""
    threshold, vks = check_certificates(group, certs)
    index, sk = own_index(group, certs, seed), signing_key(group, seed)
    coefexps = _dealt(group, certs, vks, vinput, threshold)
    _check_own(group, seed, vinput, vks[index - 1], coefexps[index - 1])
    array(list(vinput.secrets), len(certs))
    x = 0
    for dealer, secret in enumerate(vinput.secrets, 1):
        x += _received(group, seed, index, dealer, vks[dealer - 1], secret, coefexps[dealer - 1])
    x %= group.q
    private = dumps({"decryption_key": str(x)})
    sealed = send(group, sk, certs[index - 1].keys.encryption, private)
    return Voutput(sealed, make_key(group, x, sk=sk))


def read_private_key(group: Group, seed: str, sealed: str) -> int:
    """The private key in ``voutput``; Refused if it was not sealed by the seed's owner."""
    vk = group.exp_g(signing_key(group, seed))
    message = _open(group, seed, vk, sealed)
    read = fields(canonical(message, most=MOST_BYTES), "decryption_key")
    return scalar(read["decryption_key"], group.q)


def read_share(
    group: Group, certs: Sequence[Certificate], dealer: int, recipient: int, share: SignedMessage
) -> int:
    """The share that a dealer signed for a recipient; Refused if it is anything else."""
    vk = group.parse(certs[_place(dealer, certs) - 1].keys.verification)
    ek = certs[_place(recipient, certs) - 1].keys.encryption
    message = channel_message(group, vk, ek, share)
    return scalar(fields(canonical(message, most=MOST_BYTES), "secret")["secret"], group.q)


def _place(index: int, certs: Sequence[Certificate]) -> int:
    if not 0 < index <= len(certs):
        raise Refused("no-such-trustee", "there is no trustee of this number", "没有该编号的监票人")
    return index


def _check_dealer(
    group: Group,
    certs: Sequence[Certificate],
    vk: Element,
    index: int,
    polynomial: Polynomial,
    threshold: int,
) -> list[Element]:
    array(list(polynomial.secrets), len(certs))
    dealt = check_coefexps(group, vk, index, polynomial.coefexps, threshold)
    check_agreement(group, vk, index, certs, polynomial.coefexps.message, polynomial.signature)
    return dealt


def _value(coefficients: Sequence[int], x: int, q: int) -> int:
    value = 0
    for coefficient in reversed(coefficients):
        value = (value * x + coefficient) % q
    return value


def _dealt(
    group: Group,
    certs: Sequence[Certificate],
    vks: Sequence[Element],
    vinput: Vinput,
    threshold: int,
) -> list[list[Element]]:
    """Everybody's published coefficients, signed together with these certificates."""
    array(list(vinput.coefexps), len(certs))
    array(list(vinput.signatures), len(certs))
    dealt = []
    for index, (vk, coefexps) in enumerate(zip(vks, vinput.coefexps, strict=True), 1):
        dealt.append(check_coefexps(group, vk, index, coefexps, threshold))
        signature = vinput.signatures[index - 1]
        check_agreement(group, vk, index, certs, coefexps.message, signature)
    return dealt


def _check_own(
    group: Group, seed: str, vinput: Vinput, vk: Element, coefexps: list[Element]
) -> None:
    message = _open(group, seed, vk, vinput.polynomial)
    read = fields(canonical(message, most=MOST_BYTES), "polynomial")
    own = [scalar(one, group.q) for one in array(read["polynomial"], len(coefexps))]
    if [group.exp_g(one) for one in own] != coefexps:
        raise Refused(
            "not-my-polynomial",
            "the coefficients on the board are not the ones that this trustee chose",
            "公布的系数与本人所选不符",
        )


def _received(
    group: Group,
    seed: str,
    index: int,
    dealer: int,
    vk: Element,
    secret: str,
    coefexps: list[Element],
) -> int:
    """One dealer's share, checked against her coefficients."""
    try:
        share = receive(group, decryption_key(group, seed), vk, secret)
        ek = group.text(group.exp_g(decryption_key(group, seed)))
        message = channel_message(group, vk, ek, share)
    except Refused as exc:
        raise Refused(
            "unreadable-share",
            f"the share from trustee {dealer} to trustee {index} cannot be read: {exc.en}",
            f"第 {dealer} 位监票人发给第 {index} 位的份额无法读取:{exc.zh}",
        ) from exc
    try:
        value = scalar(fields(canonical(message, most=MOST_BYTES), "secret")["secret"], group.q)
    except Refused as exc:
        raise BadShare(dealer, index, share) from exc
    if group.exp_g(value) != expected_share(group, coefexps, index):
        raise BadShare(dealer, index, share)
    return value


def _open(group: Group, seed: str, vk: Element, sealed: str) -> str:
    dk = decryption_key(group, seed)
    signed = receive(group, dk, vk, sealed)
    return channel_message(group, vk, group.text(group.exp_g(dk)), signed)
