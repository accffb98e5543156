"""What must not be shown of a table by strata (小单元不公布), so that no few people can be told.

A row of few answers is left out (primary suppression); so are others, until what is left out cannot
be had by subtraction: from the total (complementary suppression), from other tables
(:mod:`.difference`), or by where marks must have come from (:mod:`.overlap`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .difference import Number, touched_by_few
from .overlap import Standing, found_out

#: A row of a table: the table's number and the code of the row.
Row = tuple[int, str]
_REST = "\x00rest"

#: What was decided about the same people before.  Counts stand still after the closing, a score is
#: read many times, and a form of many lines takes seconds.
_DECIDED: dict[bytes, frozenset[Row]] = {}
_MOST_DECIDED = 20_000


def suppressed(cells: Mapping[str, int], minimum: int) -> set[str]:
    """The rows of one table that are not shown: none or at least ``minimum`` people are in them.

    ``cells``: how many answers each row has; a row of none is shown, for it tells of nobody.
    """
    hidden = {row for row, count in cells.items() if 0 < count < minimum}
    shown = sorted((row for row in cells if cells[row] >= minimum), key=lambda r: (cells[r], r))
    while hidden and sum(cells[row] for row in hidden) < minimum and shown:
        hidden.add(shown.pop(0))
    return hidden


@dataclass(frozen=True)
class Cell:
    """People who stand in the same row of every table.

    ``rows``: the row's code per table.  ``people``: how many answered.  ``marks``: what they chose,
    by option.  ``factors``: how each counts in figures that are published beside the tables, such
    as the weight of her cell.
    """

    rows: tuple[str, ...]
    people: int
    marks: Mapping[str, int] = field(default_factory=dict)
    factors: tuple[Number, ...] = ()


def hidden_rows(
    cells: Iterable[Cell], minimum: int, *, unanimous: bool = True, hidden: Collection[Row] = ()
) -> set[Row]:
    """The rows of all tables together that are not shown; ``hidden`` are not in any case.

    ``unanimous``: whether a row whose people all chose the same is shown; if not, what is left out
    of a table is not unanimous either, unless everybody is.
    """
    people = [cell for cell in cells if cell.people]
    told = (people, minimum, unanimous, sorted(hidden))
    digest = hashlib.sha256(repr(told).encode()).digest()
    if digest not in _DECIDED:
        if len(_DECIDED) >= _MOST_DECIDED:
            _DECIDED.clear()
        _DECIDED[digest] = frozenset(_hidden(people, minimum, unanimous, set(hidden)))
    return set(_DECIDED[digest])


def _hidden(people: list[Cell], minimum: int, unanimous: bool, out: set[Row]) -> set[Row]:
    if not people:
        return out
    for table in range(len(people[0].rows)):
        counts = _counts(people, table)
        out |= {(table, row) for row in suppressed(counts, minimum)}
    while more := _exposed(people, out, minimum, unanimous):
        out |= more
    return out


def _exposed(people: Sequence[Cell], out: set[Row], minimum: int, unanimous: bool) -> set[Row]:
    """Rows to hide as well, the smallest that help; empty if nothing can be told any more."""
    sizes = {
        (table, row): count
        for table in range(len(people[0].rows))
        for row, count in _counts(people, table).items()
    }
    shown = sorted(sizes.keys() - out, key=lambda row: (sizes[row], row))
    if not shown:
        return set()
    rests = _rests(people, out)
    for table, rest in rests.items():
        if 0 < sum(cell.people for cell in rest) < minimum:
            return _first(shown, {row for row in shown if row[0] == table})
    if not unanimous and (told := _unanimous(people, rests, shown)):
        return told
    told = {row for cell in _told(_merged(people, out), minimum) for row in enumerate(cell.rows)}
    return (_first(shown, told) or {shown[0]}) if told else set()


def agree(people: Sequence[Cell]) -> bool:
    """Whether somebody answered, and everybody chose one and the same option."""
    size = sum(cell.people for cell in people)
    options = {option for cell in people for option in cell.marks}
    return size > 0 and any(
        sum(cell.marks.get(option, 0) for cell in people) == size for option in options
    )


def factors_tell(cells: Iterable[Cell], minimum: int) -> bool:
    """Whether what is published beside the tables tells of fewer people, even without any table."""
    people = [cell for cell in cells if cell.people]
    columns = [({"total": 1} | _factors(cell), cell.people) for cell in people]
    return touched_by_few(columns, minimum) is not None


def _unanimous(
    people: Sequence[Cell], rests: Mapping[int, list[Cell]], shown: list[Row]
) -> set[Row]:
    if agree(people):
        return set()
    for table, row in shown:
        if agree([cell for cell in people if cell.rows[table] == row]):
            return {(table, row)}
    for table, rest in rests.items():
        if agree(rest) and (more := _first(shown, {row for row in shown if row[0] == table})):
            return more
    return set()


def _told(people: Sequence[Cell], minimum: int) -> Iterable[Cell]:
    """The cells, as a reader sees them, about which the tables together tell."""
    columns = [(_column(cell), cell.people) for cell in people]
    if (few := touched_by_few(columns, minimum)) is not None:
        yield from (people[n] for n in few)
    for option in sorted({option for cell in people for option in cell.marks}):
        standings = [Standing(c.rows, c.people, c.marks.get(option, 0)) for c in people]
        if (few := found_out(standings, minimum)) is not None:
            yield from (people[n] for n in few)


def _merged(people: Sequence[Cell], out: set[Row]) -> list[Cell]:
    """The cells as a reader sees them: all that is hidden of a table is one row."""
    seen: dict[tuple[tuple[str, ...], tuple[Number, ...]], Cell] = {}
    for cell in people:
        rows = tuple(_REST if (t, row) in out else row for t, row in enumerate(cell.rows))
        before = seen.get((rows, cell.factors))
        marks = dict(cell.marks)
        if before is not None:
            for option, count in before.marks.items():
                marks[option] = marks.get(option, 0) + count
        count = cell.people + (before.people if before is not None else 0)
        seen[rows, cell.factors] = Cell(rows, count, marks, cell.factors)
    return list(seen.values())


def _column(cell: Cell) -> dict[str, Number]:
    column: dict[str, Number] = {"total": 1}
    return column | {f"{table}={row}": 1 for table, row in enumerate(cell.rows)} | _factors(cell)


def _factors(cell: Cell) -> dict[str, Number]:
    return {f"factor {n}": factor for n, factor in enumerate(cell.factors)}


def _rests(people: Sequence[Cell], out: set[Row]) -> dict[int, list[Cell]]:
    """What is hidden of each table of which something is."""
    return {
        table: [cell for cell in people if (table, cell.rows[table]) in out]
        for table in {table for table, _ in out}
    }


def _counts(people: Sequence[Cell], table: int) -> dict[str, int]:
    counts: dict[str, int] = {}
    for cell in people:
        counts[cell.rows[table]] = counts.get(cell.rows[table], 0) + cell.people
    return counts


def _first(order: list[Row], among: set[Row]) -> set[Row]:
    return next(({row} for row in order if row in among), set())
