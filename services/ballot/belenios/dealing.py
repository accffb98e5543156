"""The messages that trustees exchange in a key ceremony; their form only.

Specification, sections "Polynomials", "Vinputs" and "Voutputs"; the steps are in module
``pedersen``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .encoding import array, canonical, fields, string
from .pki import MOST_BYTES, SignedMessage, written
from .proof import Proof
from .trustee_key import TrusteePublicKey


@dataclass(frozen=True, slots=True)
class Polynomial:
    """``polynomial``: what a trustee publishes in step 3."""

    polynomial: str
    secrets: tuple[str, ...]
    coefexps: SignedMessage
    signature: Proof

    @classmethod
    def from_text(cls, text: str, q: int) -> Polynomial:
        """Read the message's JSON; nothing is checked but its form."""
        data = canonical(text, most=MOST_BYTES)
        read = fields(data, "polynomial", "secrets", "coefexps", "signature")
        made = cls(
            string(read["polynomial"]),
            tuple(map(string, array(read["secrets"]))),
            SignedMessage.from_data(read["coefexps"], q),
            Proof.from_data(read["signature"], q),
        )
        return written(made, text)

    def to_data(self) -> dict[str, Any]:
        """The message."""
        return {
            "polynomial": self.polynomial,
            "secrets": list(self.secrets),
            "coefexps": self.coefexps.to_data(),
            "signature": self.signature.to_data(),
        }


@dataclass(frozen=True, slots=True)
class Vinput:
    """``vinput``: what one trustee needs for step 5."""

    polynomial: str
    secrets: tuple[str, ...]
    coefexps: tuple[SignedMessage, ...]
    signatures: tuple[Proof, ...]

    @classmethod
    def from_text(cls, text: str, q: int) -> Vinput:
        """Read the message's JSON; nothing is checked but its form."""
        data = canonical(text, most=MOST_BYTES)
        read = fields(data, "polynomial", "secrets", "coefexps", "signatures")
        made = cls(
            string(read["polynomial"]),
            tuple(map(string, array(read["secrets"]))),
            tuple(SignedMessage.from_data(one, q) for one in array(read["coefexps"])),
            tuple(Proof.from_data(one, q) for one in array(read["signatures"])),
        )
        return written(made, text)

    def to_data(self) -> dict[str, Any]:
        """The message."""
        return {
            "polynomial": self.polynomial,
            "secrets": list(self.secrets),
            "coefexps": [one.to_data() for one in self.coefexps],
            "signatures": [one.to_data() for one in self.signatures],
        }


@dataclass(frozen=True, slots=True)
class Voutput:
    """``voutput``: a trustee's private key, encrypted to herself, and her public one."""

    private_key: str
    public_key: TrusteePublicKey

    @classmethod
    def from_text(cls, text: str, q: int) -> Voutput:
        """Read the message's JSON; nothing is checked but its form."""
        read = fields(canonical(text, most=MOST_BYTES), "private_key", "public_key")
        key = TrusteePublicKey.from_data(read["public_key"], q)
        return written(cls(string(read["private_key"]), key), text)

    def to_data(self) -> dict[str, Any]:
        """The message."""
        return {"private_key": self.private_key, "public_key": self.public_key.to_data()}
