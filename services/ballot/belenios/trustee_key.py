"""A trustee's key: the share of the election's key, with a proof that its owner knows the secret.

Specification, section "Verification keys".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .encoding import canonical, fields, string
from .group import Element, Group
from .pki import MOST_BYTES, sign, verify, written
from .proof import Proof, knows, prove_knowledge
from .refused import Refused


@dataclass(frozen=True, slots=True)
class TrusteePublicKey:
    """``trustee_public_key``: X = g^x; ``signature`` only in threshold mode, over X's text."""

    pok: Proof
    public_key: str
    signature: Proof | None = None

    @classmethod
    def from_data(cls, data: Any, q: int) -> TrusteePublicKey:
        """Read the message; its proofs are not checked."""
        read = fields(data, "pok", "public_key", optional=("signature",))
        signature = Proof.from_data(read["signature"], q) if "signature" in read else None
        return cls(Proof.from_data(read["pok"], q), string(read["public_key"]), signature)

    @classmethod
    def from_text(cls, text: str, q: int) -> TrusteePublicKey:
        """Read the message's JSON."""
        return written(cls.from_data(canonical(text, most=MOST_BYTES), q), text)

    def to_data(self) -> dict[str, Any]:
        """The message."""
        data = {"pok": self.pok.to_data(), "public_key": self.public_key}
        return data if self.signature is None else data | {"signature": self.signature.to_data()}


def make_key(group: Group, x: int, *, sk: int | None = None) -> TrusteePublicKey:
    """The public key of a private one; ``sk`` signs it in threshold mode."""
    text = group.text(group.exp_g(x))
    pok = prove_knowledge(group, x, _hashed(group, text))
    return TrusteePublicKey(pok, text, None if sk is None else sign(group, sk, text).signature)


def check_key(group: Group, key: TrusteePublicKey) -> Element:
    """The key; Refused if it is not in the group or nobody need know its secret."""
    element = group.parse(key.public_key)
    if not knows(group, element, key.pok, _hashed(group, key.public_key)):
        raise Refused(
            "bad-key-proof",
            "the trustee's key has no valid proof of knowledge",
            "监票人公钥的知识证明无效",
        )
    return element


def check_key_signature(group: Group, vk: Element, key: TrusteePublicKey) -> None:
    """Refused unless the owner of a certificate signed the key."""
    if key.signature is None or not verify(group, vk, key.public_key, key.signature):
        raise Refused(
            "bad-key-signature",
            "the trustee's key is not signed with her certificate",
            "监票人公钥未经其证书签名",
        )


def _hashed(group: Group, text: str) -> Callable[[str], str]:
    return lambda commitment: f"pok|{group.name}|{text}|{commitment}"
