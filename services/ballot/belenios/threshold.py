"""``threshold_parameters``: what is published of a ceremony, and everything that it must satisfy.

Specification, section "Threshold parameters".  Debian's release 2.0 writes them without
``signatures``; those are refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .certificate import MOST_TRUSTEES, Certificate, check_certificates, older_release
from .coefficients import check_agreement, check_coefexps, sub_key, verification_keys
from .dealing import Polynomial, Voutput
from .encoding import array, fields, integer
from .group import Element, Group
from .pedersen import check_polynomials
from .pki import SignedMessage
from .proof import Proof
from .refused import Refused
from .trustee_key import TrusteePublicKey, check_key, check_key_signature


@dataclass(frozen=True, slots=True)
class ThresholdParameters:
    """``threshold``: how many decrypt.  All else: one for each trustee, in their order."""

    threshold: int
    certs: tuple[Certificate, ...]
    coefexps: tuple[SignedMessage, ...]
    signatures: tuple[Proof, ...]
    verification_keys: tuple[TrusteePublicKey, ...]

    @classmethod
    def from_data(cls, data: Any, q: int) -> ThresholdParameters:
        """Read the message; nothing is checked but its form."""
        if isinstance(data, dict) and "signatures" not in data:
            raise older_release("threshold parameters without signatures", "门限参数缺少签名")
        read = fields(data, "threshold", "certs", "coefexps", "signatures", "verification_keys")
        keys = array(read["verification_keys"], most=MOST_TRUSTEES)
        size = len(keys)
        return cls(
            integer(read["threshold"], most=MOST_TRUSTEES),
            tuple(Certificate.from_data(one, q) for one in array(read["certs"], size)),
            tuple(SignedMessage.from_data(one, q) for one in array(read["coefexps"], size)),
            tuple(Proof.from_data(one, q) for one in array(read["signatures"], size)),
            tuple(TrusteePublicKey.from_data(one, q) for one in keys),
        )

    def to_data(self) -> dict[str, Any]:
        """The message."""
        return {
            "threshold": self.threshold,
            "certs": [one.to_data() for one in self.certs],
            "coefexps": [one.to_data() for one in self.coefexps],
            "signatures": [one.to_data() for one in self.signatures],
            "verification_keys": [one.to_data() for one in self.verification_keys],
        }


def check_parameters(group: Group, parameters: ThresholdParameters) -> Element:
    """The trustees' key; Refused unless signatures, coefficients and keys are of one ceremony."""
    threshold, vks = check_certificates(group, parameters.certs)
    if threshold != parameters.threshold:
        raise Refused(
            "bad-threshold",
            "the threshold is not the one in the certificates",
            "门限与证书所载不符",
        )
    dealt = []
    for index, (vk, coefexps, signature) in enumerate(
        zip(vks, parameters.coefexps, parameters.signatures, strict=True), 1
    ):
        dealt.append(check_coefexps(group, vk, index, coefexps, threshold))
        check_agreement(group, vk, index, parameters.certs, coefexps.message, signature)
    computed = verification_keys(group, dealt)
    for index, (vk, key, element) in enumerate(
        zip(vks, parameters.verification_keys, computed, strict=True), 1
    ):
        _check_verification_key(group, vk, index, key, element)
    return sub_key(group, dealt)


def make_parameters(
    group: Group,
    certs: Sequence[Certificate],
    polynomials: Sequence[Polynomial],
    voutputs: Sequence[Voutput],
) -> ThresholdParameters:
    """Step 6; Refused if anything that went before does not hold."""
    array(list(polynomials), len(certs))
    array(list(voutputs), len(certs))
    made = ThresholdParameters(
        check_certificates(group, certs)[0],
        tuple(certs),
        tuple(one.coefexps for one in polynomials),
        tuple(one.signature for one in polynomials),
        tuple(one.public_key for one in voutputs),
    )
    check_parameters(group, made)
    return made


def check_voutput(
    group: Group,
    certs: Sequence[Certificate],
    polynomials: Sequence[Polynomial],
    index: int,
    voutput: Voutput,
) -> None:
    """What everybody can check of trustee ``index``'s key in step 5; Refused if it fails."""
    if not 0 < index <= len(certs):
        raise Refused("no-such-trustee", "there is no trustee of this number", "没有该编号的监票人")
    dealt = check_polynomials(group, certs, polynomials)
    vk = group.parse(certs[index - 1].keys.verification)
    element = verification_keys(group, dealt)[index - 1]
    _check_verification_key(group, vk, index, voutput.public_key, element)


def _check_verification_key(
    group: Group, vk: Element, index: int, key: TrusteePublicKey, computed: Element
) -> None:
    if check_key(group, key) != computed:
        raise Refused(
            "wrong-key",
            f"the key of trustee {index} does not follow from the coefficients",
            f"第 {index} 位监票人的公钥与系数不符",
        )
    check_key_signature(group, vk, key)
