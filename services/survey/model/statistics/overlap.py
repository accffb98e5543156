"""Overlaps of rows (交叉界限): where a mark must have come from, though no table says so.

If one table shows that the only 不满意 came from 60+, and another that it came from one district,
then it came from the people of 60+ in that district; where these are few, one of them is found
out.  In general, of x marks at most the sum of what stands outside each of the chosen rows can lie
outside their overlap (M. Fréchet, 1940; for two tables no reader can conclude more).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_TableRow = tuple[int, str]

# Above so many steps the answer is "perhaps", and is treated as yes.
_STEPS = 2000


@dataclass(frozen=True)
class Standing:
    """People who stand in the same row of every table: the row's name per table."""

    rows: tuple[str, ...]
    people: int
    marks: int


def found_out(standings: Sequence[Standing], minimum: int) -> set[int] | None:
    """The numbers of the standings in an overlap of < ``minimum`` people that must hold a mark.

    None: every choice of rows in every table has an overlap of at least ``minimum`` people, or one
    that may hold no mark at all.
    """
    total = sum(one.marks for one in standings)
    if total == 0 or len(standings[0].rows) < 2 or _too_dear(standings, minimum):
        return None
    search = _Search(standings, minimum)
    try:
        return search.run(search.everybody, frozenset(), total - 1)
    except _TooLong:
        return {n for n, one in enumerate(standings) if one.people < minimum}


def _too_dear(standings: Sequence[Standing], minimum: int) -> bool:
    """Whether plainly no choice of rows is left with few people, which spares most searches.

    A cell of many people must be left out by one of its rows.  So if prices can be put on such
    cells, so that those of a row never add up to more than its marks, leaving them all out costs
    the sum of the prices.  Their own marks are such prices; what the marks of the cells of few
    leave room for in every row is added.
    """
    many = [one for one in standings if one.people >= minimum]
    room: dict[_TableRow, int] = {}
    for one in standings:
        if one.people < minimum:
            for row in enumerate(one.rows):
                room[row] = room.get(row, 0) + one.marks
    left = sum(one.marks for one in standings) - sum(one.marks for one in many)
    for one in many:
        if left <= 0:
            break
        more = min(room.get(row, 0) for row in enumerate(one.rows))
        if more:
            left -= more
            for row in enumerate(one.rows):
                room[row] -= more
    return left <= 0


class _TooLong(Exception):
    """More steps than are worth it."""


@dataclass(frozen=True)
class _Overlap:
    """Who is in it still: their numbers, how many people they are, and how many by row."""

    numbers: frozenset[int]
    people: int
    by_row: dict[_TableRow, int]


class _Search:
    """Which rows to leave out, spending at most total − 1 marks, until few people are left."""

    def __init__(self, standings: Sequence[Standing], minimum: int) -> None:
        self._standings = standings
        self._minimum = minimum
        self._members: dict[_TableRow, set[int]] = {}
        for number, one in enumerate(standings):
            for row in enumerate(one.rows):
                self._members.setdefault(row, set()).add(number)
        self._marks = {
            row: sum(standings[n].marks for n in members) for row, members in self._members.items()
        }
        self._left = _STEPS

    @property
    def everybody(self) -> _Overlap:
        """Before any row is left out."""
        by_row = {
            row: sum(self._standings[n].people for n in members)
            for row, members in self._members.items()
        }
        people = sum(one.people for one in self._standings)
        return _Overlap(frozenset(range(len(self._standings))), people, by_row)

    def run(self, inside: _Overlap, kept: frozenset[_TableRow], budget: int) -> set[int] | None:
        """``kept``: rows that will not be left out; ``budget``: marks that may still be."""
        self._left -= 1
        if self._left < 0:
            raise _TooLong
        if inside.people < self._minimum:
            return set(inside.numbers)
        gains = {
            row: gain
            for row, gain in inside.by_row.items()
            if gain and self._marks[row] <= budget and row not in kept
        }
        if inside.people - self._most(gains, budget) >= self._minimum:
            return None
        row = max(gains, key=lambda row: (gains[row] / (self._marks[row] + 0.5), row))
        cost = self._marks[row]
        found = self.run(self._without(inside, row), kept, budget - cost)
        if found is not None or cost == 0:  # what costs nothing is never worth keeping
            return found
        return self.run(inside, kept | {row}, budget)

    def _without(self, inside: _Overlap, row: _TableRow) -> _Overlap:
        gone = self._members[row] & inside.numbers
        by_row, people = dict(inside.by_row), inside.people
        for one in (self._standings[n] for n in gone):
            people -= one.people
            for other in enumerate(one.rows):
                by_row[other] -= one.people
        return _Overlap(inside.numbers - gone, people, by_row)

    def _most(self, gains: dict[_TableRow, int], budget: int) -> float:
        """How many people at most can be left out for the budget: rows may be cut into parts."""
        most = 0.0
        for row in sorted(gains, key=lambda row: self._marks[row] / gains[row]):
            cost = self._marks[row]
            if cost > budget:
                return most + gains[row] * budget / cost
            most += gains[row]
            budget -= cost
        return most
