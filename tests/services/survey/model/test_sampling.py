"""Samples: allocated by the rule, drawn in an order that anybody finds again."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.commons.errors import Invalid
from services.survey.model.sampling import (
    Allocation,
    Plan,
    allocate,
    commitment,
    digest,
    draw,
    ordered,
)

POPULATIONS = st.dictionaries(st.text("abc=|", max_size=6), st.integers(1, 400), min_size=1)


def plan(allocation: str, **more: object) -> Plan:
    """A plan as it is written."""
    return Plan.from_data({"allocation": allocation, **more})


def test_an_auditor_redoes_the_drawing_with_nothing_but_a_hash() -> None:
    """Ten lines of plain Python, none of ours, find the same sample and the same reserve."""
    units = {f"合成户{n:04d}": f"district=33010{n % 3}" for n in range(600)}
    strata = draw(plan("equal", size=90, reserve=50), "2026-11-26 合成种子", units)

    for stratum in strata:
        ids = [one for one, cell in units.items() if cell == stratum.cell]
        ids.sort(key=lambda one: hashlib.sha256(("2026-11-26 合成种子" + one).encode()).digest())
        assert (stratum.drawn, stratum.reserve) == (ids[:30], ids[30:45])


def test_a_known_order_stays_as_it_is() -> None:
    """By ``printf '%s' 种子A-1 | sha256sum`` and so on: e32b…, 253d…, 7502…; so A-2, B, A-1."""
    assert ordered("种子", ["A-1", "A-2", "B"]) == ["A-2", "B", "A-1"]
    assert commitment("种子") == (
        "5e20fc223736c86a5b3a81f4587e61ae8a55a6553b091db2b3eefc132e8c7d3c"
    )


def test_the_order_of_the_list_does_not_matter() -> None:
    """A frame sorted otherwise gives the same sample and has the same digest."""
    units = {str(n): "" for n in range(50)}
    turned = dict(reversed(units.items()))
    chosen = plan("proportional", size=10)
    assert draw(chosen, "s", units) == draw(chosen, "s", turned)
    assert digest(units) == digest(turned)
    assert digest(units) != digest(units | {"0": "age=60+"})


def test_largest_remainder() -> None:
    """100 of 516: 50.39, 29.07 and 20.54 become 50, 29 and 21."""
    assert allocate(plan("proportional", size=100), {"a": 260, "b": 150, "c": 106}) == {
        "a": 50,
        "b": 29,
        "c": 21,
    }


def test_a_small_stratum_gets_its_minimum_from_the_others() -> None:
    """Of 1000, 10 would give one; with a minimum of 5 the others share 95; a tiny one is whole."""
    population = {"big": 990, "small": 10, "tiny": 3}
    numbers = allocate(plan("proportional", size=100, minimum=5), population)
    assert numbers == {"big": 92, "small": 5, "tiny": 3}


@given(POPULATIONS, st.integers(0, 30), st.data())
def test_proportional_allocation_keeps_its_promises(
    population: dict[str, int], minimum: int, data: st.DataObject
) -> None:
    """The sum is the size, nobody is above the stratum or below its minimum, and it is monotone."""
    least = sum(min(minimum, n) for n in population.values())
    size = data.draw(st.integers(max(1, least), sum(population.values())))
    numbers = allocate(plan("proportional", size=size, minimum=minimum), population)
    assert sum(numbers.values()) == size
    assert all(min(minimum, n) <= numbers[cell] <= n for cell, n in population.items())
    by_size = sorted(population, key=lambda cell: (population[cell], numbers[cell]))
    assert [numbers[c] for c in by_size] == sorted(numbers.values())


@given(POPULATIONS, st.data())
def test_equal_parts_differ_by_one_at_most_unless_a_stratum_ends(
    population: dict[str, int], data: st.DataObject
) -> None:
    """Who gets less than another by more than one is exhausted."""
    size = data.draw(st.integers(1, sum(population.values())))
    minimum = min(size // len(population), 10)
    numbers = allocate(plan("equal", size=size, minimum=minimum), population)
    assert sum(numbers.values()) == size
    assert all(numbers[cell] >= min(minimum, n) for cell, n in population.items())
    most = max(numbers.values())
    assert all(n >= most - 1 or n == population[cell] for cell, n in numbers.items())


@given(POPULATIONS, st.integers(0, 200), st.text(max_size=8))
def test_a_drawing_takes_nobody_twice(population: dict[str, int], reserve: int, seed: str) -> None:
    """Sample and reserve are disjoint and of their stratum."""
    units = {f"{cell}#{n}": cell for cell, count in population.items() for n in range(count)}
    size = max(1, len(units) // 3)
    for stratum in draw(plan("proportional", size=size, reserve=reserve), seed, units):
        both = stratum.drawn + stratum.reserve
        assert len(set(both)) == len(both)
        assert all(units[one] == stratum.cell for one in both)


def test_all_is_a_census_and_given_is_given() -> None:
    """Every unit, or the numbers that somebody decided, 0 too."""
    population = {"a": 4, "b": 2}
    assert allocate(plan("all"), population) == population
    assert allocate(plan("given", given={"a": 3, "b": 0}), population) == {"a": 3, "b": 0}


@pytest.mark.parametrize(
    ("data", "pointer"),
    [
        ({"allocation": "proportional"}, "/plan/size"),
        ({"allocation": "all", "size": 3}, "/plan/size"),
        ({"allocation": "given"}, "/plan/given"),
        ({"allocation": "equal", "size": 2, "given": {"a": 1}}, "/plan/given"),
        ({"allocation": "proportional", "size": 7}, "/plan/size"),
        ({"allocation": "proportional", "size": 0}, "/plan/size"),
        ({"allocation": "proportional", "size": 3, "minimum": 2}, "/plan/size"),
        ({"allocation": "equal", "size": 4, "minimum": 3}, "/plan/size"),
        ({"allocation": "given", "given": {"a": 5, "b": 0}}, "/plan/given/a"),
        ({"allocation": "given", "given": {"a": 1}}, "/plan/given"),
        ({"allocation": "given", "given": {"a": 1, "b": 1, "x": 1}}, "/plan/given/x"),
        ({"allocation": "given", "given": {"a": 0, "b": 0}}, "/plan/given"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_with_its_place(
    data: dict[str, object], pointer: str
) -> None:
    """Of six units, four and two: each plan says where it does not fit."""
    with pytest.raises(Invalid) as refused:
        allocate(Plan.from_data(data), {"a": 4, "b": 2})
    assert [one["pointer"] for one in refused.value.errors] == [pointer]


def test_a_plan_reads_as_it_was_written() -> None:
    """What is stored with the drawing is the whole plan."""
    written = plan("proportional", size=10, minimum=2, reserve=20).to_data()
    assert Plan.from_data(written) == Plan(Allocation.PROPORTIONAL, 10, 2, {}, 20)
