"""The key ceremony of the scrutineers (监票人): nobody chooses her key after seeing the others'.

Around Belenios' steps (``services.ballot.belenios.pedersen``): every trustee posts, signed, a hash
of what she will publish before anybody reveals anything; whoever will not reveal ends the ceremony,
and all make new seeds and certificates, since a seed serves one ceremony.  A dealer whose share is
false is named by a complaint that anybody can judge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from services.ballot.belenios.certificate import Certificate, check_certificates, own_index
from services.ballot.belenios.coefficients import check_coefexps, expected_share
from services.ballot.belenios.encoding import (
    array,
    dumps,
    encoded,
    fields,
    hash_text,
    integer,
    sha256_hex,
)
from services.ballot.belenios.group import Element, Group
from services.ballot.belenios.pedersen import BadShare, read_share
from services.ballot.belenios.pki import SignedMessage, channel_message, sign, signing_key, verify
from services.ballot.belenios.proof import Proof
from services.ballot.belenios.refused import Refused
from services.ballot.belenios.threshold import ThresholdParameters
from services.ballot.belenios.trustee import Trustees


@dataclass(frozen=True, slots=True)
class Commitment:
    """The hash of a trustee's coefficients, signed.  ``index``: her place from 1."""

    index: int
    commitment: str
    signature: Proof

    @classmethod
    def from_data(cls, data: Any, q: int) -> Commitment:
        """Read it; the signature is not checked."""
        read = fields(data, "index", "commitment", "signature")
        signature = Proof.from_data(read["signature"], q)
        return cls(integer(read["index"]), hash_text(read["commitment"]), signature)

    def to_data(self) -> dict[str, Any]:
        """JSON-able data."""
        return {
            "index": self.index,
            "commitment": self.commitment,
            "signature": self.signature.to_data(),
        }


@dataclass(frozen=True, slots=True)
class Complaint:
    """A share that does not match its dealer's coefficients, as the dealer signed it.

    It reveals this one share and nothing of any other.
    """

    dealer: int
    recipient: int
    share: SignedMessage

    @classmethod
    def about(cls, bad: BadShare) -> Complaint:
        """The complaint that follows from a refused share."""
        return cls(bad.dealer, bad.recipient, bad.share)

    @classmethod
    def from_data(cls, data: Any, q: int) -> Complaint:
        """Read it; whether it is founded is not asked."""
        read = fields(data, "dealer", "recipient", "share")
        share = SignedMessage.from_data(read["share"], q)
        return cls(integer(read["dealer"]), integer(read["recipient"]), share)

    def to_data(self) -> dict[str, Any]:
        """JSON-able data."""
        return {
            "dealer": self.dealer,
            "recipient": self.recipient,
            "share": self.share.to_data(),
        }


def commitment_to(certs: Sequence[Certificate], index: int, raw: str) -> str:
    """The hash, in hexadecimal digits.  ``raw``: the JSON of ``raw_coefexps``, nothing secret."""
    ceremony = sha256_hex(encoded(dumps([cert.to_data() for cert in certs])))
    return sha256_hex(encoded(f"minsheng-commit-1|{ceremony}|{index}|{raw}"))


def commit(group: Group, seed: str, certs: Sequence[Certificate], raw: str) -> Commitment:
    """What a trustee posts before she reveals ``raw``, her polynomial's ``coefexps.message``."""
    index = own_index(group, certs, seed)
    digest = commitment_to(certs, index, raw)
    signed = sign(group, signing_key(group, seed), _committed(digest))
    return Commitment(index, digest, signed.signature)


def check_commitments(
    group: Group, certs: Sequence[Certificate], commitments: Sequence[Commitment]
) -> None:
    """Refused unless every trustee has committed, once, and signed it: then all may reveal."""
    _, vks = check_certificates(group, certs)
    if sorted(one.index for one in commitments) != list(range(1, len(certs) + 1)):
        raise Refused(
            "commitments-missing",
            "not every trustee has committed exactly once",
            "并非每位监票人都恰好承诺一次",
        )
    for one in commitments:
        _check_signed(group, vks[one.index - 1], one)


def check_commitment(group: Group, certs: Sequence[Certificate], one: Commitment) -> None:
    """Refused unless one trustee signed her commitment."""
    _, vks = check_certificates(group, certs)
    if not 0 < one.index <= len(certs):
        raise Refused("no-such-trustee", "there is no trustee of this number", "没有该编号的监票人")
    _check_signed(group, vks[one.index - 1], one)


def _check_signed(group: Group, vk: Element, one: Commitment) -> None:
    if not verify(group, vk, _committed(one.commitment), one.signature):
        raise Refused(
            "bad-signature",
            f"trustee {one.index} did not sign her commitment",
            f"第 {one.index} 位监票人未签署其承诺",
        )


def check_revealed_by(
    certs: Sequence[Certificate], promised: Commitment, coefexps: SignedMessage
) -> None:
    """Refused unless one trustee revealed what she had committed to."""
    index = promised.index
    if promised.commitment != commitment_to(certs, index, coefexps.message):
        raise _other_coefficients(index)


def check_revealed(
    certs: Sequence[Certificate],
    commitments: Sequence[Commitment],
    coefexps: Sequence[SignedMessage],
) -> None:
    """Refused unless everybody revealed what she had committed to.

    ``commitments`` were checked; ``coefexps`` are in the order of the certificates.
    """
    array(list(coefexps), len(certs))
    by_index = {one.index: one.commitment for one in commitments}
    for index, one in enumerate(coefexps, 1):
        if by_index.get(index) != commitment_to(certs, index, one.message):
            raise _other_coefficients(index)


def judge_complaint(
    group: Group, certs: Sequence[Certificate], coefexps: SignedMessage, complaint: Complaint
) -> int:
    """The dealer, if the complaint is founded; Refused if it is not.

    ``coefexps``: what the dealer published.  A third party needs no key for this: the dealer's own
    signature stands under the share that condemns her.
    """
    threshold, vks = check_certificates(group, certs)
    dealer, recipient = complaint.dealer, complaint.recipient
    if not (0 < dealer <= len(certs) and 0 < recipient <= len(certs)):
        raise Refused("no-such-trustee", "there is no trustee of this number", "没有该编号的监票人")
    vk = vks[dealer - 1]
    dealt = check_coefexps(group, vk, dealer, coefexps, threshold)
    channel_message(group, vk, certs[recipient - 1].keys.encryption, complaint.share)
    try:
        share = read_share(group, certs, dealer, recipient, complaint.share)
    except Refused:
        return dealer  # she signed something that is no share at all
    if group.exp_g(share) == expected_share(group, dealt, recipient):
        raise Refused(
            "unfounded-complaint",
            f"the share from trustee {dealer} does match her coefficients",
            f"第 {dealer} 位监票人的份额与其系数相符,申诉不成立",
        )
    return dealer


def scrutineers(trustees: Trustees) -> ThresholdParameters:
    """The scrutineers of an election of a congress: one group, of which more than half decrypt.

    Refused for any other trustees, which Belenios would take.
    """
    (*others, last) = trustees.items
    if others or not isinstance(last, ThresholdParameters):
        raise Refused(
            "not-scrutineers", "the trustees are not one threshold group", "监票人应为单一门限组"
        )
    if 2 * last.threshold <= len(last.certs):
        raise Refused(
            "low-threshold",
            "no more than half of the scrutineers could decrypt",
            "解密门限应超过监票人的半数",
        )
    return last


def _other_coefficients(index: int) -> Refused:
    return Refused(
        "other-coefficients",
        f"trustee {index} revealed other coefficients than she had committed to",
        f"第 {index} 位监票人公布的系数与其承诺不符",
    )


def _committed(digest: str) -> str:
    return f"minsheng-commitment|{digest}"
