"""Certificates: with which keys a trustee signs and is written to, in one ceremony.

Specification, section "Certificates".  Release 3.3.0 says in a ``context`` which ceremony: its
group, its size, its threshold and the trustee's place.  Release 2.0 does not, and is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .encoding import canonical, dumps, fields, integer, string
from .group import Element, Group
from .pki import MOST_BYTES, SignedMessage, decryption_key, sign, signing_key, verify, written
from .refused import Refused

#: More trustees than any congress has scrutineers.
MOST_TRUSTEES = 50
_COUNTS = ("size", "threshold", "index")


@dataclass(frozen=True, slots=True)
class Context:
    """``context``: the ceremony, and the owner's place in it from 1."""

    group: str
    size: int
    threshold: int
    index: int

    @classmethod
    def from_data(cls, data: Any) -> Context:
        """Read the message."""
        read = fields(data, "group", "size", "threshold", "index")
        counts = (integer(read[name], most=MOST_TRUSTEES) for name in _COUNTS)
        return cls(string(read["group"]), *counts)

    def to_data(self) -> dict[str, Any]:
        """The message."""
        return {
            "group": self.group,
            "size": self.size,
            "threshold": self.threshold,
            "index": self.index,
        }


@dataclass(frozen=True, slots=True)
class CertKeys:
    """``cert_keys``: what a certificate says."""

    context: Context
    verification: str
    encryption: str

    @classmethod
    def from_text(cls, text: str) -> CertKeys:
        """Read the message's JSON."""
        data = canonical(text, most=MOST_BYTES)
        if isinstance(data, dict) and "context" not in data:
            raise older_release("a certificate without its context", "证书缺少 context")
        read = fields(data, "context", "verification", "encryption")
        context = Context.from_data(read["context"])
        return written(cls(context, string(read["verification"]), string(read["encryption"])), text)

    def to_data(self) -> dict[str, Any]:
        """The message."""
        return {
            "context": self.context.to_data(),
            "verification": self.verification,
            "encryption": self.encryption,
        }


@dataclass(frozen=True, slots=True)
class Certificate:
    """``cert``: a ``signed_msg`` of ``cert_keys``, signed by the key in it."""

    signed: SignedMessage
    keys: CertKeys

    @classmethod
    def from_data(cls, data: Any, q: int) -> Certificate:
        """Read the message; its signature is not checked."""
        signed = SignedMessage.from_data(data, q)
        return cls(signed, CertKeys.from_text(signed.message))

    @classmethod
    def from_text(cls, text: str, q: int) -> Certificate:
        """Read the message's JSON."""
        return written(cls.from_data(canonical(text, most=MOST_BYTES), q), text)

    def to_data(self) -> dict[str, Any]:
        """The message."""
        return self.signed.to_data()


def make_certificate(
    group: Group, seed: str, *, size: int, threshold: int, index: int
) -> Certificate:
    """The certificate of a seed's owner, who has the place ``index`` from 1."""
    sk, dk = signing_key(group, seed), decryption_key(group, seed)
    keys = CertKeys(
        Context(group.name, size, threshold, index),
        group.text(group.exp_g(sk)),
        group.text(group.exp_g(dk)),
    )
    return Certificate(sign(group, sk, dumps(keys.to_data())), keys)


def check_certificates(group: Group, certs: Sequence[Certificate]) -> tuple[int, list[Element]]:
    """The threshold and the verification keys of one ceremony.

    Refused unless each certificate is of this group, size, threshold and its place, is signed by
    its own key, and shares no key with another.
    """
    if not 0 < len(certs) <= MOST_TRUSTEES:
        raise Refused("wrong-length", f"expected up to {MOST_TRUSTEES} certificates", "证书数不符")
    threshold = certs[0].keys.context.threshold
    if not 0 < threshold <= len(certs):
        raise Refused(
            "bad-threshold", "the threshold exceeds the number of trustees", "门限与监票人数不符"
        )
    keys = [text for cert in certs for text in (cert.keys.verification, cert.keys.encryption)]
    if len(set(keys)) < len(keys):
        raise Refused("same-key", "two certificates have the same key", "两份证书使用同一公钥")
    return threshold, [
        check_certificate(group, cert, Context(group.name, len(certs), threshold, index))
        for index, cert in enumerate(certs, 1)
    ]


def own_index(group: Group, certs: Sequence[Certificate], seed: str) -> int:
    """The place, from 1, of the certificate that the seed belongs to; Refused if there is none."""
    vk = group.text(group.exp_g(signing_key(group, seed)))
    ek = group.text(group.exp_g(decryption_key(group, seed)))
    for index, cert in enumerate(certs, 1):
        if (cert.keys.verification, cert.keys.encryption) == (vk, ek):
            return index
    raise Refused("not-mine", "no certificate belongs to this seed", "没有与该种子对应的证书")


def older_release(en: str, zh: str) -> Refused:
    """Why a threshold archive of an older release is not taken."""
    return Refused(
        "older-threshold",
        f"{en}: threshold trustees of Belenios before 3.x are not supported, since they do not"
        " sign what they agreed on",
        f"{zh}:不支持 Belenios 3.x 之前的门限监票人",
    )


def check_certificate(group: Group, cert: Certificate, context: Context) -> Element:
    """The verification key of one certificate; Refused unless it is of just this context."""
    if cert.keys.context != context:
        raise Refused(
            "wrong-context",
            f"certificate {context.index} is for another ceremony or another place",
            f"第 {context.index} 份证书属于另一次仪式或另一位置",
        )
    vk = group.parse(cert.keys.verification)
    group.parse(cert.keys.encryption)
    if not verify(group, vk, cert.signed.message, cert.signed.signature):
        raise Refused(
            "bad-certificate",
            f"certificate {context.index} is not signed by its own key",
            f"第 {context.index} 份证书的签名无效",
        )
    return vk
