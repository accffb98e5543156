"""An ElGamal ciphertext, as its elements' texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .encoding import fields, string


@dataclass(frozen=True, slots=True)
class Ciphertext:
    """``ciphertext``: α = g^r and β = y^r·g^m.  Whether they are elements is asked by who reads."""

    alpha: str
    beta: str

    @classmethod
    def from_data(cls, data: Any) -> Ciphertext:
        """Read the message."""
        read = fields(data, "alpha", "beta")
        return cls(string(read["alpha"]), string(read["beta"]))

    def to_data(self) -> dict[str, str]:
        """The message."""
        return {"alpha": self.alpha, "beta": self.beta}
