"""Zero-knowledge proofs: of knowing an exponent, of an interval, of a possibly blank vote.

Elements in a proof's hash are their texts.  A *proof* is a challenge and a response; ``iproof``
(interval membership) a tuple of them, one for each number that the plaintext may be.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .encoding import array, fields, hash_to_scalar, scalar
from .group import Element, Group


@dataclass(frozen=True, slots=True)
class Proof:
    """``proof``: challenge and response, modulo q."""

    challenge: int
    response: int

    @classmethod
    def from_data(cls, data: Any, q: int) -> Proof:
        """Read the message; Refused unless both are numbers below q."""
        read = fields(data, "challenge", "response")
        return cls(scalar(read["challenge"], q), scalar(read["response"], q))

    def to_data(self) -> dict[str, str]:
        """The message."""
        return {"challenge": str(self.challenge), "response": str(self.response)}


def iproof_from_data(data: Any, length: int, q: int) -> tuple[Proof, ...]:
    """Read an ``iproof`` of this length."""
    return tuple(Proof.from_data(one, q) for one in array(data, length))


def random_scalar(group: Group) -> int:
    """A number modulo q that nobody can guess."""
    return secrets.randbelow(group.q)


def prove_knowledge(
    group: Group, exponent: int, hashed: Callable[[str], str], *, base: Element | None = None
) -> Proof:
    """Prove to know the exponent of ``base`` (the generator): ``hashed(A)`` is what is hashed."""
    w = random_scalar(group)
    commitment = group.exp_g(w) if base is None else group.exp_secret(base, w)
    challenge = hash_to_scalar(hashed(group.text(commitment)), group.q)
    return Proof(challenge, (w - exponent * challenge) % group.q)


def knows(group: Group, public: Element, proof: Proof, hashed: Callable[[str], str]) -> bool:
    """Whether the proof shows that somebody knows the exponent of ``public``, g its base."""
    commitment = group.mul(group.exp_g(proof.response), group.exp(public, proof.challenge))
    return proof.challenge == hash_to_scalar(hashed(group.text(commitment)), group.q)


def commitments(group: Group, *elements: Element) -> str:
    """Elements as hashes take them: their texts with commas."""
    return ",".join(map(group.text, elements))
