"""The result: partial decryptions combined, and the small numbers that they reveal.

Specification, section "Election result".  When more than ``threshold`` of a ``Pedersen`` group have
decrypted, one set of exactly ``threshold`` must be chosen, since the coefficients depend on it.
Both releases take the ones with the lowest numbers; 2.0 first checks all and refuses the archive if
any is false, 3.3.0 leaves false ones out and goes on.  Tried with 2.0: it takes an archive in which
all three of a group of threshold two decrypted, in any order, and none with a false one among them.
We take the lowest numbers as well, of decryptions that the caller has checked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isqrt
from typing import Any

from .decryption import PartialDecryption, shape_of
from .encoding import array, canonical, dumps, fields, integer
from .group import Element, Group
from .pki import written
from .refused import Refused
from .tally import MOST_BYTES, EncryptedTally
from .trustee import Trustees
from .trustee_key import TrusteePublicKey

Factors = list[list[Element]]


@dataclass(frozen=True, slots=True)
class Result:
    """``result``: how often each answer of each question was chosen."""

    result: tuple[tuple[int, ...], ...]

    @classmethod
    def from_text(cls, text: str, shape: Sequence[int]) -> Result:
        """Read its JSON; Refused unless it has ``shape``."""
        read = fields(canonical(text, most=MOST_BYTES), "result")
        rows = array(read["result"], len(shape))
        made = tuple(tuple(map(integer, array(row, n))) for row, n in zip(rows, shape, strict=True))
        return written(cls(made), text)

    def to_data(self) -> dict[str, Any]:
        """The message."""
        return {"result": [list(row) for row in self.result]}

    def to_text(self) -> str:
        """Its JSON."""
        return dumps(self.to_data())


def make_result(
    group: Group,
    trustees: Trustees,
    tally: EncryptedTally,
    decryptions: Mapping[int, PartialDecryption],
    most: int,
) -> Result:
    """The result.  ``decryptions``: checked ones, by owner; ``most``: how many ballots there are.

    Refused if trustees are missing, or if a number is not in 0…``most`` (which happens when a
    ballot or a decryption was not what it should be).
    """
    factors = combine(group, trustees, tally.shape, decryptions)
    logarithms = Logarithms(group, most)
    return Result(
        tuple(
            tuple(
                logarithms.of(group.div(group.parse(one.beta, identity=True), factor))
                for one, factor in zip(row, row_factors, strict=True)
            )
            for row, row_factors in zip(tally.ciphertexts, factors, strict=True)
        )
    )


def combine(
    group: Group,
    trustees: Trustees,
    shape: Sequence[int],
    decryptions: Mapping[int, PartialDecryption],
) -> Factors:
    """The factors of the election's key.  Refused unless enough trustees have decrypted."""
    if unknown := set(decryptions) - set(range(1, len(trustees.verification_keys) + 1)):
        raise Refused(
            "no-such-trustee", f"there is no trustee {min(unknown)}", "没有该编号的监票人"
        )
    if any(shape_of(one) != tuple(shape) for one in decryptions.values()):
        raise Refused("wrong-length", "a decryption has another shape", "解密结果与计票形状不符")
    product = [[group.one] * length for length in shape]
    for item, owners in trustees.groups:
        present = [owner for owner in owners if owner in decryptions]
        needed = 1 if isinstance(item, TrusteePublicKey) else item.threshold
        if len(present) < needed:
            raise Refused(
                "too-few-decryptions",
                f"{needed - len(present)} more partial decryptions are needed",
                f"还需 {needed - len(present)} 份部分解密",
            )
        weights = lagrange([owner - owners[0] + 1 for owner in present[:needed]], 0, group.q)
        for owner, weight in zip(present[:needed], weights, strict=True):
            product = _multiplied(group, product, decryptions[owner], weight)
    return product


def lagrange(places: Sequence[int], at: int, q: int) -> list[int]:
    """What each value at ``places`` counts for, to have a polynomial's value ``at`` a place."""
    weights = []
    for j in places:
        weight = 1
        for k in places:
            if k != j:
                weight = weight * (k - at) * pow(k - j, -1, q) % q
        weights.append(weight)
    return weights


class Logarithms:
    """Discrete logarithms from 0 to a bound: small steps in a table, then giant ones."""

    def __init__(self, group: Group, most: int) -> None:
        self._group = group
        self._most = most
        self._width = isqrt(most) + 1
        self._giant = group.exp_g(-self._width)
        self._steps: dict[Element, int] = {}
        element = group.one
        for step in range(self._width):
            self._steps[element] = step
            element = group.mul(element, group.g)

    def of(self, element: Element) -> int:
        """The exponent; Refused if there is none up to the bound."""
        for giant in range(self._width + 1):
            step = self._steps.get(element)
            if step is not None and giant * self._width + step <= self._most:
                return giant * self._width + step
            element = self._group.mul(element, self._giant)
        raise Refused(
            "no-result",
            f"the decrypted tally is no number up to {self._most}",
            f"解密所得不是 0 到 {self._most} 之间的数",
        )


def _multiplied(
    group: Group, product: Factors, decryption: PartialDecryption, weight: int
) -> Factors:
    return [
        [
            group.mul(element, group.exp(group.parse(text, identity=True), weight))
            for element, text in zip(row, texts, strict=True)
        ]
        for row, texts in zip(product, decryption.decryption_factors, strict=True)
    ]
