"""Ciphertexts: El Gamal encryptions ``(g^r, y^r g^m)``, which multiply to encryptions of sums."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .encoding import fields, string
from .group import Element, Group


@dataclass(frozen=True, slots=True)
class Ciphertext:
    """``ciphertext``: two elements, as they are written; not yet known to lie in the group."""

    alpha: str
    beta: str

    @classmethod
    def from_data(cls, data: Any) -> Ciphertext:
        """Read the message."""
        read = fields(data, "alpha", "beta")
        return cls(string(read["alpha"]), string(read["beta"]))

    @classmethod
    def of(cls, group: Group, alpha: Element, beta: Element) -> Ciphertext:
        """The ciphertext of two elements."""
        return cls(group.text(alpha), group.text(beta))

    def to_data(self) -> dict[str, str]:
        """The message."""
        return {"alpha": self.alpha, "beta": self.beta}

    def elements(self, group: Group) -> tuple[Element, Element]:
        """Both elements, which may be the identity (of a sum); Refused outside the group."""
        alpha, beta = (group.parse(text, identity=True) for text in (self.alpha, self.beta))
        return alpha, beta


def multiply(group: Group, one: Ciphertext, other: Ciphertext) -> Ciphertext:
    """The encryption of the sum of two encrypted numbers."""
    pairs = zip(one.elements(group), other.elements(group), strict=True)
    return Ciphertext.of(group, *(group.mul(a, b) for a, b in pairs))
