"""The encrypted tally: all ballots multiplied, so that only sums are ever decrypted.

Specification, section "Encrypted tally".  A running product is kept while ballots come; a recast
divides the old ballot out again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from .ciphertext import Ciphertext
from .encoding import (
    array,
    canonical,
    dumps,
    encoded,
    fields,
    hash_text,
    integer,
    loads,
    sha256_hex,
)
from .group import Group
from .pki import written
from .refused import Refused

#: Bytes of a tally: 100 questions of 20 answers in the larger group stay below it.
MOST_BYTES = 4_000_000


class Answered(Protocol):
    """The answer to one question, as far as the tally goes."""

    @property
    def choices(self) -> Sequence[Ciphertext]:
        """One ciphertext for each possible answer."""


@dataclass(frozen=True, slots=True)
class EncryptedTally:
    """``encrypted_tally``: a ciphertext for every answer of every question."""

    ciphertexts: tuple[tuple[Ciphertext, ...], ...]

    @classmethod
    def from_text(cls, text: str, group: Group, shape: Sequence[int]) -> EncryptedTally:
        """Read its JSON; Refused unless it has ``shape`` and holds elements of the group.

        ``shape``: for every question, how many answers (with the blank one).
        """
        rows = array(canonical(text, most=MOST_BYTES), len(shape))
        tally = cls(
            tuple(
                tuple(map(Ciphertext.from_data, array(row, length)))
                for row, length in zip(rows, shape, strict=True)
            )
        )
        for one in (one for row in tally.ciphertexts for one in row):
            one.elements(group)
        return written(tally, text)

    @property
    def shape(self) -> tuple[int, ...]:
        """For every question, how many answers."""
        return tuple(map(len, self.ciphertexts))

    @property
    def hash(self) -> str:
        """Its name in an archive: SHA-256 in hexadecimal digits."""
        return sha256_hex(encoded(self.to_text()))

    def to_data(self) -> list[list[dict[str, str]]]:
        """The message."""
        return [[one.to_data() for one in row] for row in self.ciphertexts]

    def to_text(self) -> str:
        """Its JSON."""
        return dumps(self.to_data())


@dataclass(frozen=True, slots=True)
class SizedEncryptedTally:
    """``sized_encrypted_tally``: how many ballots a tally is of, and its hash."""

    num_tallied: int
    total_weight: int
    encrypted_tally: str

    @classmethod
    def from_text(cls, text: str) -> SizedEncryptedTally:
        """Read its JSON; Refused if a ballot counts for more than one."""
        data = canonical(text, most=1000)
        read = fields(data, "num_tallied", "total_weight", "encrypted_tally")
        number, weight = integer(read["num_tallied"]), integer(read["total_weight"])
        if number != weight:
            raise Refused("weights", "every ballot must have the weight 1", "每张选票的权重应为 1")
        return written(cls(number, weight, hash_text(read["encrypted_tally"])), text)

    def to_data(self) -> dict[str, Any]:
        """The message."""
        return {
            "num_tallied": self.num_tallied,
            "total_weight": self.total_weight,
            "encrypted_tally": self.encrypted_tally,
        }

    def to_text(self) -> str:
        """Its JSON."""
        return dumps(self.to_data())


class RunningTally:
    """The product of the ballots that count so far.

    Ballots must have been checked before: their elements are not checked again.
    """

    def __init__(self, group: Group, shape: Sequence[int]) -> None:
        self._group = group
        self._products = [[(group.one, group.one) for _ in range(length)] for length in shape]
        self.number = 0

    @classmethod
    def of_ballots(
        cls, group: Group, shape: Sequence[int], ballots: Iterable[Sequence[Answered]]
    ) -> RunningTally:
        """The product of the last ballot of each voter, given by its answers."""
        tally = cls(group, shape)
        for answers in ballots:
            tally.add(answers)
        return tally

    @classmethod
    def resumed(cls, group: Group, text: str, number: int) -> RunningTally:
        """The product of ``number`` ballots, kept as the JSON of its tally by whoever resumes.

        It is read as it was written; nothing in it is checked again.
        """
        rows = loads(text, most=MOST_BYTES)
        tally = cls(group, ())
        read = group.decode
        tally._products = [[(read(one["alpha"]), read(one["beta"])) for one in row] for row in rows]
        tally.number = number
        return tally

    def add(self, answers: Sequence[Answered]) -> None:
        """Count a ballot; Refused if its shape is another."""
        self._apply(answers, self._group.mul)
        self.number += 1

    def subtract(self, answers: Sequence[Answered]) -> None:
        """No longer count a ballot that was counted before."""
        if not self.number:
            raise Refused("nothing-counted", "no ballot has been counted", "尚未计入任何选票")
        self._apply(answers, self._group.div)
        self.number -= 1

    def encrypted(self) -> EncryptedTally:
        """The tally so far; of no ballot, it holds identities."""
        of = Ciphertext.of
        return EncryptedTally(
            tuple(
                tuple(of(self._group, alpha, beta) for alpha, beta in row) for row in self._products
            )
        )

    def sized(self) -> SizedEncryptedTally:
        """What the tally's event names."""
        return SizedEncryptedTally(self.number, self.number, self.encrypted().hash)

    def _apply(self, answers: Sequence[Answered], combine: Any) -> None:
        shape = [len(row) for row in self._products]
        if [len(answer.choices) for answer in answers] != shape:
            raise Refused("wrong-length", f"expected answers of {shape}", f"答案数应为 {shape}")
        decode = self._group.decode
        self._products = [
            [
                (combine(alpha, decode(one.alpha)), combine(beta, decode(one.beta)))
                for (alpha, beta), one in zip(row, answer.choices, strict=True)
            ]
            for row, answer in zip(self._products, answers, strict=True)
        ]
