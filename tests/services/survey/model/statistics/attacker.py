"""A reader of everything that is published, who adds, subtracts and bounds, to find out a few.

Written apart from what it attacks: exact elimination over the rationals, integer programming, and
every set of people that is small enough.  It knows who stands where, which is more than it is told.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

import numpy as np
from scipy.optimize import LinearConstraint, milp

from services.survey.model.statistics.suppression import Cell, Row

Matrix = list[list[Fraction]]


def told_by_sums(cells: Sequence[Cell], hidden: set[Row], minimum: int) -> list[Cell] | None:
    """Fewer than ``minimum`` people of whom some combination of the figures tells; None: none."""
    people = [cell for cell in cells if cell.people]
    figures = [[Fraction(x) for x in row] for row in published(people, hidden)]
    rank = _rank(figures)
    for few in _few(people, minimum):
        others = [n for n in range(len(people)) if n not in few]
        if _rank([[row[n] for n in others] for row in figures]) < rank:
            return [people[n] for n in few]
    return None


def told_by_bounds(cells: Sequence[Cell], hidden: set[Row], minimum: int) -> list[Cell] | None:
    """Fewer than ``minimum`` people among whom, by the figures, an option must have been chosen."""
    people = [cell for cell in cells if cell.people]
    figures = np.array(published(people, hidden), dtype=float)
    for option in sorted({option for cell in people for option in cell.marks}):
        marks = np.array([cell.marks.get(option, 0) for cell in people], dtype=float)
        exact = LinearConstraint(figures, figures @ marks, figures @ marks)
        for few in _largest(_few(people, minimum)):
            least = milp(
                [float(n in few) for n in range(len(people))],
                constraints=[exact],
                integrality=np.ones(len(people)),
            )
            assert least.success
            if least.fun > 0.5:
                return [people[n] for n in few]
    return None


def published(people: Sequence[Cell], hidden: set[Row]) -> list[list[int | Fraction]]:
    """One line per figure: how it counts each cell."""
    figures: list[list[int | Fraction]] = [[1] * len(people)]
    for table in range(len(people[0].rows)):
        for row in sorted({cell.rows[table] for cell in people}):
            if (table, row) not in hidden:
                figures.append([int(cell.rows[table] == row) for cell in people])
    for number in range(len(people[0].factors)):
        figures.append([Fraction(cell.factors[number]) for cell in people])
    return figures


def _few(people: Sequence[Cell], minimum: int) -> Iterator[tuple[int, ...]]:
    """Every set of cells with fewer people, but none."""
    light = [n for n, cell in enumerate(people) if cell.people < minimum]
    for size in range(1, min(len(light), minimum - 1) + 1):
        for few in itertools.combinations(light, size):
            if sum(people[n].people for n in few) < minimum:
                yield few


def _largest(sets: Iterable[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Of sets those within no other: what holds of a part holds of the whole."""
    kept: list[set[int]] = []
    for one in sorted(map(set, sets), key=len, reverse=True):
        if not any(one <= other for other in kept):
            kept.append(one)
    return [tuple(sorted(one)) for one in kept]


def _rank(matrix: Matrix) -> int:
    rows, rank = [row[:] for row in matrix], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((n for n in range(rank, len(rows)) if rows[n][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        for n in range(rank + 1, len(rows)):
            if factor := rows[n][column] / rows[rank][column]:
                rows[n] = [a - factor * b for a, b in zip(rows[n], rows[rank], strict=True)]
        rank += 1
    return rank
