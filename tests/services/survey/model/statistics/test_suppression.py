"""What is shown of tables by strata, before a reader who computes."""

from __future__ import annotations

import random
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from services.survey.model.statistics.suppression import (
    Cell,
    factors_tell,
    hidden_rows,
    suppressed,
)

from .attacker import told_by_bounds, told_by_sums

OPTIONS = ("satisfied", "basically", "unsatisfied")


@st.composite
def populations(draw: st.DrawFn, shapes: tuple[tuple[int, ...], ...]) -> list[Cell]:
    """A few people who stand in the rows of several tables, most of them satisfied."""
    shape = draw(st.sampled_from(shapes))
    rng = random.Random(draw(st.integers(0, 2**32)))
    marks: dict[tuple[str, ...], dict[str, int]] = {}
    for _ in range(draw(st.integers(1, 60))):
        rows = tuple(str(min(size - 1, int(rng.expovariate(1.5 / size)))) for size in shape)
        option = rng.choices(OPTIONS, (8, 3, 1))[0]
        cell = marks.setdefault(rows, dict.fromkeys(OPTIONS, 0))
        cell[option] += 1
    return [Cell(rows, sum(each.values()), each) for rows, each in sorted(marks.items())]


one_table = populations(((4,), (6,)))
two_tables = populations(((2, 3), (3, 3), (2, 5)))
three_tables = populations(((2, 2, 2), (2, 3, 2), (2, 2, 3)))
minima = st.integers(2, 5)


@given(st.dictionaries(st.text("abc", min_size=1), st.integers(0, 30), min_size=1), minima)
def test_one_table_hides_nobody_or_enough(cells: dict[str, int], minimum: int) -> None:
    """What is hidden cannot be had from the total: it is nobody, everybody, or the minimum."""
    hidden = suppressed(cells, minimum)
    size = sum(cells[row] for row in hidden)
    everybody = all(cells[row] == 0 or row in hidden for row in cells)
    assert all(cells[row] == 0 or cells[row] >= minimum for row in cells.keys() - hidden)
    assert size == 0 or size >= minimum or everybody


def test_a_single_small_row_takes_the_next_smallest_with_it() -> None:
    """One row of 3 alone would be the total less the others."""
    assert suppressed({"a": 50, "b": 12, "c": 3, "d": 0}, 10) == {"b", "c"}
    assert suppressed({"a": 50, "b": 12, "c": 3, "d": 7}, 10) == {"c", "d"}


@settings(max_examples=150, deadline=None)
@given(st.one_of(one_table, two_tables, three_tables), minima, st.booleans())
def test_no_sum_of_figures_tells_of_fewer(
    cells: list[Cell], minimum: int, with_marks: bool
) -> None:
    """Exact elimination finds no combination of published figures that touches so few people."""
    # Without marks nothing can be hidden for where they come from: sums alone must suffice.
    people = cells if with_marks else [Cell(cell.rows, cell.people) for cell in cells]
    hidden = hidden_rows(people, minimum)
    if _nothing_can_be_hidden(people, hidden, minimum):
        return
    assert told_by_sums(people, hidden, minimum) is None


@settings(max_examples=60, deadline=None)
@given(st.one_of(one_table, two_tables), minima)
def test_no_mark_is_traced_to_fewer(cells: list[Cell], minimum: int) -> None:
    """Integer programming finds no so small set of people who must have chosen an option."""
    hidden = hidden_rows(cells, minimum)
    if _nothing_can_be_hidden(cells, hidden, minimum):
        return
    assert told_by_bounds(cells, hidden, minimum) is None


def _nothing_can_be_hidden(cells: list[Cell], hidden: set[tuple[int, str]], minimum: int) -> bool:
    """Whether fewer than the minimum answered: their total is published, and then nothing else."""
    if sum(cell.people for cell in cells) >= minimum:
        return False
    assert not _shown(cells, hidden)
    return True


def _shown(cells: list[Cell], hidden: set[tuple[int, str]]) -> set[tuple[int, str]]:
    return {row for cell in cells for row in enumerate(cell.rows)} - hidden


@settings(max_examples=60, deadline=None)
@given(two_tables, minima, st.integers(1, 4))
def test_weighted_figures_beside_the_tables_tell_no_more(
    cells: list[Cell], minimum: int, kinds: int
) -> None:
    """The same with a weighted figure published beside, whose weights the reader knows."""
    weighted = [
        Cell(cell.rows, cell.people, cell.marks, (Fraction(1 + n % kinds, 3),))
        for n, cell in enumerate(cells)
    ]
    if factors_tell(weighted, minimum):
        everything = {row for cell in cells for row in enumerate(cell.rows)}
        assert told_by_sums(weighted, everything, minimum) is not None
    else:
        assert told_by_sums(weighted, hidden_rows(weighted, minimum), minimum) is None


def test_the_attacker_finds_what_is_shown_carelessly() -> None:
    """The attacker is no straw man: each of the known ways in is found when nothing is hidden."""
    by_difference = [
        Cell(("old", "retired"), 40),
        Cell(("old", "other"), 1),
        Cell(("y", "other"), 50),
    ]
    found = told_by_sums(by_difference, set(), 10)
    assert found == [by_difference[1]]
    marks = [20, 9, 9, 20]
    standing = [("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")]
    by_overlap = [
        Cell(rows, size, {"unsatisfied": int(rows == ("a", "y"))})
        for rows, size in zip(standing, marks, strict=True)
    ]
    assert told_by_sums(by_overlap, set(), 10) is None
    assert told_by_bounds(by_overlap, set(), 10) == [by_overlap[1]]


def test_rows_that_nearly_agree_are_not_both_shown() -> None:
    """Two tables with a row of nearly the same people would tell of the difference."""
    cells = [Cell(("old", "retired"), 40), Cell(("old", "other"), 1), Cell(("y", "other"), 50)]
    shown = _shown(cells, hidden_rows(cells, 10))
    assert len({table for table, _ in shown}) == 1


def test_tables_of_many_are_shown_whole() -> None:
    """Nothing is hidden where every overlap holds enough people."""
    cells = [
        Cell((a, b), 40, {"satisfied": 30, "basically": 9, "unsatisfied": 1})
        for a in "pqr"
        for b in "xyz"
    ]
    assert hidden_rows(cells, 10, unanimous=False) == set()


def test_unanimous_rows_are_hidden_if_the_rule_says_so() -> None:
    """Who belongs to a row that agrees has said what the row says; its rest must not agree."""
    rows = {"a": (20, 0), "b": (12, 3), "c": (30, 5)}
    cells = [Cell((r,), sum(m), dict(zip(OPTIONS, m, strict=False))) for r, m in rows.items()]
    assert hidden_rows(cells, 10) == set()
    hidden = hidden_rows(cells, 10, unanimous=False)
    assert hidden == {(0, "a"), (0, "b")}


def test_where_everybody_agrees_the_total_has_said_it() -> None:
    """If the whole is unanimous, hiding rows would hide nothing."""
    cells = [Cell((row,), 20, {"satisfied": 20}) for row in "abc"]
    assert hidden_rows(cells, 10, unanimous=False) == set()


@settings(max_examples=100, deadline=None)
@given(st.one_of(one_table, two_tables), minima)
def test_neither_rows_nor_rests_agree(cells: list[Cell], minimum: int) -> None:
    """With the rule against unanimity no row and no rest agrees, unless everybody does."""
    hidden = hidden_rows(cells, minimum, unanimous=False)
    if not _shown(cells, hidden) or _agree(cells):
        return
    for table in range(len(cells[0].rows)):
        groups: dict[str, list[Cell]] = {}
        for cell in cells:
            row = cell.rows[table]
            groups.setdefault("rest" if (table, row) in hidden else row, []).append(cell)
        if groups.keys() != {"rest"}:
            assert not any(_agree(group) for group in groups.values())


def _agree(cells: list[Cell]) -> bool:
    total = sum(cell.people for cell in cells)
    return any(sum(cell.marks[option] for cell in cells) == total for option in OPTIONS)


def test_a_thousand_people_in_four_tables_take_no_search_without_end() -> None:
    """A large survey with 456 cells is decided, and most of it is shown."""
    rng = random.Random(7)
    marks: dict[tuple[str, ...], dict[str, int]] = {}
    for _ in range(3000):
        rows = tuple(str(min(s - 1, int(rng.expovariate(1.5 / s)))) for s in (6, 13, 2, 5))
        marks.setdefault(rows, dict.fromkeys(OPTIONS, 0))[rng.choices(OPTIONS, (8, 2, 1))[0]] += 1
    cells = [Cell(rows, sum(each.values()), each) for rows, each in marks.items()]
    assert len(_shown(cells, hidden_rows(cells, 10))) >= 20
