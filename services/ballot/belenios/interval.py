"""Proofs that a ciphertext holds one of several numbers, or that one of several ciphertexts does.

The specification's ``iprove`` and both proofs of a possibly blank vote are one construction: a
disjunction of branches "this ciphertext is an encryption of M".  All but one are simulated, and
the challenges add up to the hash of what all of them commit to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .encoding import hash_to_scalar
from .group import Base, Element, Group
from .proof import Proof, random_scalar


@dataclass(frozen=True, slots=True)
class Key:
    """The group of an election and its public key y."""

    group: Group
    y: Base


@dataclass(frozen=True, slots=True)
class Bases:
    """A ciphertext that several powers are taken of; the work for them is shared."""

    alpha: Base
    beta: Base


@dataclass(frozen=True, slots=True)
class Opened:
    """What its maker knows of a ciphertext: ``(g^r, y^r g^m)``."""

    r: int
    m: int

    def __add__(self, other: Opened) -> Opened:
        return Opened(self.r + other.r, self.m + other.m)


def holds(
    key: Key, prefix: str, branches: Sequence[tuple[Bases, int]], proofs: Sequence[Proof]
) -> bool:
    """Whether the proofs show that one of the branches (ciphertext, M) is true.

    ``prefix``: what is hashed before the commitments.  Refused outside the group.
    """
    if len(branches) != len(proofs):
        return False
    committed = (
        _committed(key, bases, m, proof) for (bases, m), proof in zip(branches, proofs, strict=True)
    )
    total = sum(proof.challenge for proof in proofs) % key.group.q
    return total == hash_to_scalar(prefix + ",".join(committed), key.group.q)


def prove(
    key: Key, prefix: str, branches: Sequence[tuple[Opened, int]], true: int
) -> tuple[Proof, ...]:
    """Prove that one of the branches (opened ciphertext, M) is true, namely the one at ``true``.

    Every branch commits to ``g^e`` and ``y^e g^((m - M) challenge)``, which is what its verifier
    computes if its response is ``e - r challenge``; so no ciphertext is raised to any power.
    """
    group = key.group
    exponents = [random_scalar(group) for _ in branches]
    challenges = [random_scalar(group) for _ in branches]
    challenges[true] = 0
    committed = (
        _prepared(key, e, (opened.m - m) * challenge)
        for e, challenge, (opened, m) in zip(exponents, challenges, branches, strict=True)
    )
    hashed = hash_to_scalar(prefix + ",".join(committed), group.q)
    challenges[true] = (hashed - sum(challenges)) % group.q
    return tuple(
        Proof(challenge, (e - opened.r * challenge) % group.q)
        for e, challenge, (opened, _) in zip(exponents, challenges, branches, strict=True)
    )


def iprove_prefix(s: str, alpha: str, beta: str) -> str:
    """What an interval proof hashes first, in the context ``s``."""
    return f"prove|{s}|{alpha},{beta}|"


def bproof_prefix(which: int, s: str) -> str:
    """What the proofs of a possibly blank vote hash first: ``bproof0`` or ``bproof1``."""
    return f"bproof{which}|{s}|"


def _committed(key: Key, bases: Bases, m: int, proof: Proof) -> str:
    """``g^response α^challenge`` and ``y^response (β/g^m)^challenge``."""
    group, challenge, response = key.group, proof.challenge, proof.response
    a = group.mul(group.exp_g(response), bases.alpha.exp(challenge))
    b = group.mul(key.y.exp(response), bases.beta.exp(challenge))
    return _written(group, a, _shifted(group, b, -m * challenge))


def _prepared(key: Key, e: int, shift: int) -> str:
    group = key.group
    return _written(group, group.exp_g(e), _shifted(group, key.y.exp(e), shift))


def _shifted(group: Group, element: Element, exponent: int) -> Element:
    """``element g^exponent``."""
    return group.mul(element, group.exp_g(exponent)) if exponent else element


def _written(group: Group, a: Element, b: Element) -> str:
    return f"{group.text(a)},{group.text(b)}"
