"""The roll: one answer each, and cells that no deputy is alone in."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.commons.errors import Conflict, Forbidden
from services.survey.model.roll import SMALLEST, Roll, delegation_cells


def test_flags_stand_in_the_order_of_the_ids() -> None:
    """Whatever order the register has and the answers come in."""
    roll = Roll.blank("a", ["3", "1", "2"])
    roll.take("2")
    assert list(roll.answered.items()) == [("1", False), ("2", True), ("3", False)]
    assert (roll.eligible, roll.returned, roll.outstanding) == (3, 1, ["1", "3"])


def test_an_answer_is_final_unless_it_may_be_given_again() -> None:
    """The second one is refused, or told to be a second one."""
    roll = Roll.blank("a", ["1"])
    assert roll.take("1", again=True) is False
    with pytest.raises(Conflict):
        roll.take("1")
    assert roll.take("1", again=True) is True
    with pytest.raises(Forbidden):
        roll.take("2", again=True)


def named(**sizes: int | None) -> dict[str, str | None]:
    """Deputies of delegations of these sizes."""
    return {
        f"{name}{n}": None if name == "unknown" else name
        for name, size in sizes.items()
        for n in range(size or 0)
    }


@pytest.mark.parametrize(
    ("sizes", "cells"),
    [
        ({"east": 12, "west": 10}, {"delegation=east": 12, "delegation=west": 10}),
        # Two small ones make one of ten.
        ({"east": 12, "west": 4, "north": 6}, {"delegation=east": 12, "delegation=other": 10}),
        # One small one takes the smallest of the others with it.
        ({"east": 12, "west": 11, "north": 2}, {"delegation=east": 12, "delegation=other": 13}),
        # So does a deputy whose delegation is not known.
        ({"east": 12, "west": 11, "unknown": 1}, {"delegation=east": 12, "delegation=other": 12}),
        # Nothing is left to tell apart.
        ({"east": 12, "north": 2}, {}),
        ({"east": 5, "west": 4}, {}),
        ({"east": 30}, {}),
    ],
)
def test_small_delegations_are_counted_together(
    sizes: dict[str, int], cells: dict[str, int]
) -> None:
    """Until none has fewer than ten members."""
    assert Counter(delegation_cells(named(**sizes)).values()) == Counter(cells)


@given(st.dictionaries(st.text("ab|=中", min_size=1, max_size=3), st.integers(1, 25), max_size=6))
def test_no_cell_is_small(sizes: dict[str, int]) -> None:
    """Whatever the delegations are called, a cell has ten members, and every deputy a cell."""
    delegations = {f"{name}/{n}": name for name, size in sizes.items() for n in range(size)}
    cells = delegation_cells(delegations)
    assert not cells or cells.keys() == delegations.keys()
    assert all(size >= SMALLEST for size in Counter(cells.values()).values())
    assert all(cell.count("|") == 0 and cell.count("=") == 1 for cell in cells.values())
