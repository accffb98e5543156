"""Chaum and Pedersen's proof that an element is α to the power of a private key.

It shows log_g X = log_α d without showing it.  What the challenge binds is the caller's choice:
Belenios' partial decryptions and our annex differ just in that.
"""

from __future__ import annotations

from collections.abc import Callable

from .encoding import hash_to_scalar
from .group import Element, Group
from .proof import Proof, commitments, random_scalar

#: From the text ``A,B`` of the commitments to the text that is hashed.
Hashed = Callable[[str], str]


def prove_equality(group: Group, x: int, alpha: Element, hashed: Hashed) -> Proof:
    """Prove that ``alpha`` to the power of ``x`` has the same exponent as the public key."""
    w = random_scalar(group)
    both = commitments(group, group.exp_g(w), group.exp_secret(alpha, w))
    challenge = hash_to_scalar(hashed(both), group.q)
    return Proof(challenge, (w - x * challenge) % group.q)


def equal(
    group: Group,
    public: Element,
    alpha: Element,
    factor: Element,
    proof: Proof,
    hashed: Hashed,
) -> bool:
    """Whether the proof shows that ``factor`` is ``alpha`` to the private key of ``public``."""
    a = group.mul(group.exp_g(proof.response), group.exp(public, proof.challenge))
    b = group.mul(group.exp(alpha, proof.response), group.exp(factor, proof.challenge))
    return proof.challenge == hash_to_scalar(hashed(commitments(group, a, b)), group.q)
