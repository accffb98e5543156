"""Differences between tables (差分攻击): can figures be added and subtracted until few are left?

Everything that is published about one question is a sum over people: a row of a table adds the
marks of those who stand in it, a weighted figure adds them with weights.  Whoever has the tables
can therefore compute every linear combination of them, and a combination that touches only a few
people tells of these few.  Here nothing may be assumed that the reader does not know: she may know
who answered and in which row everybody stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache

Number = int | float | Fraction
#: One set of people who stand in the same rows: by row, with which factor they count there.
Column = Mapping[str, Number]

# Ranks are computed modulo a prime, so large that no table of ours has a minor divisible by it.
_PRIME = 2**61 - 1
# Above so many steps the answer is "perhaps", and is treated as yes.
_STEPS = 2000


def touched_by_few(columns: Sequence[tuple[Column, int]], minimum: int) -> set[int] | None:
    """The numbers of the columns that some combination of rows touches, if < ``minimum`` people.

    ``columns``: with how many people stand in each, all > 0.  None: every combination that is not
    zero touches at least ``minimum`` of them.  Where the search grows too long, all columns of few
    people are returned, as if they were touched.
    """
    rows = {row: n for n, row in enumerate(sorted({row for col, _ in columns for row in col}))}
    vectors = [
        {rows[row]: _residue(factor) for row, factor in column.items()} for column, _ in columns
    ]
    people = [count for _, count in columns]
    light = sorted(
        (n for n, count in enumerate(people) if count < minimum), key=lambda n: -people[n]
    )
    if not light:
        return None
    full = _rank(tuple(tuple(sorted(vector.items())) for vector in vectors))
    span = _Span()
    for vector, count in zip(vectors, people, strict=True):
        if count >= minimum and span.rank < full:
            span.add(vector)
    search = _Search(vectors, people, minimum, full)
    try:
        return search.run(span, light, [], 0)
    except _TooLong:
        return set(light)


class _TooLong(Exception):
    """More steps than are worth it."""


class _Search:
    """For a combination that is zero on all columns but a few: branch on each light column.

    A combination that vanishes on some columns vanishes on what they span.  So it exists for a set
    of touched columns if and only if the others span less than all do.
    """

    def __init__(
        self, vectors: list[dict[int, int]], people: list[int], minimum: int, full: int
    ) -> None:
        self._vectors = vectors
        self._people = people
        self._minimum = minimum
        self._full = full
        self._left = _STEPS

    def run(self, span: _Span, open_: list[int], touched: list[int], spent: int) -> set[int] | None:
        """``span``: of those not touched; ``touched`` stand for ``spent`` people."""
        self._left -= 1
        if self._left < 0:
            raise _TooLong
        if span.rank == self._full:
            return None
        outside = [n for n in open_ if span.reduced(self._vectors[n])]
        room = self._minimum - spent
        bases = self._disjoint_bases(span, outside, room)
        if bases == 0:
            return set(touched)
        if bases >= room:
            return None
        first = outside[0]
        cost = self._people[first]
        if cost < room:
            found = self.run(span, outside[1:], [*touched, first], spent + cost)
            if found is not None:
                return found
        return self.run(span.with_(self._vectors[first]), outside[1:], touched, spent)

    def _disjoint_bases(self, span: _Span, outside: list[int], most: int) -> int:
        """How many times the people outside the span can complete it, each time others.

        A combination that is not zero must touch somebody of each time, so it touches so many.
        """
        left = {n: self._people[n] for n in outside}
        for number in range(most):
            basis = span.copy()
            for n in sorted(left, key=lambda n: -left[n]):
                if left[n] and basis.rank < self._full and basis.add(self._vectors[n]):
                    left[n] -= 1
            if basis.rank < self._full:
                return number
        return most


class _Span:
    """What vectors span, modulo the prime, in echelon form: by pivot, a vector with 1 there."""

    def __init__(self) -> None:
        self._by_pivot: dict[int, dict[int, int]] = {}

    @property
    def rank(self) -> int:
        return len(self._by_pivot)

    def copy(self) -> _Span:
        other = _Span()
        other._by_pivot = dict(self._by_pivot)
        return other

    def with_(self, vector: Mapping[int, int]) -> _Span:
        other = self.copy()
        other.add(vector)
        return other

    def reduced(self, vector: Mapping[int, int]) -> dict[int, int]:
        """What is left of the vector; empty if the span holds it."""
        rest = {n: x for n, x in vector.items() if x}
        for pivot, row in self._by_pivot.items():
            factor = rest.get(pivot)
            if factor:
                for n, x in row.items():
                    value = (rest.get(n, 0) - factor * x) % _PRIME
                    if value:
                        rest[n] = value
                    else:
                        del rest[n]
        return rest

    def add(self, vector: Mapping[int, int]) -> bool:
        """Whether the vector was new to the span."""
        rest = self.reduced(vector)
        if not rest:
            return False
        pivot = min(rest)
        inverse = pow(rest[pivot], -1, _PRIME)
        self._by_pivot[pivot] = {n: x * inverse % _PRIME for n, x in rest.items()}
        return True


@lru_cache(maxsize=64)  # many lines of a form have the same people in the same rows
def _rank(vectors: tuple[tuple[tuple[int, int], ...], ...]) -> int:
    span = _Span()
    for vector in vectors:
        span.add(dict(vector))
    return span.rank


def _residue(number: Number) -> int:
    exact = Fraction(number)
    return exact.numerator * pow(exact.denominator, -1, _PRIME) % _PRIME
