"""Kish, post-stratification, raking, bounds and the estimate that is made of them."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

from services.commons.errors import Invalid
from services.survey.model.statistics import kish, poststratification
from services.survey.model.statistics.bounds import nonresponse
from services.survey.model.statistics.estimate import estimate
from services.survey.model.statistics.interval import wilson
from services.survey.model.statistics.raking import margins_of, rake
from services.survey.model.statistics.weight import Weights

AGES, PLACES = ("18-59", "60+"), ("330102", "330105", "330106")
CELLS = [f"age={age}|district={place}" for age in AGES for place in PLACES]


def by_cell(*numbers: int) -> dict[str, int]:
    """Numbers for the six cells, in their order."""
    return dict(zip(CELLS, numbers, strict=True))


some = st.lists(st.integers(1, 400), min_size=6, max_size=6).map(lambda n: by_cell(*n))


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(1, 50)), min_size=1, max_size=8))
def test_kish_by_its_definition(pairs: list[tuple[int, int]]) -> None:
    """(Σw)²/Σw² over every single answer, exact, and n divided by it."""
    each = np.repeat([w for w, _ in pairs], [n for _, n in pairs])
    assert kish.effective_size(pairs) == Fraction(int(each.sum()) ** 2, int((each**2).sum()))
    assert kish.design_effect(pairs) * kish.effective_size(pairs) == len(each)
    assert kish.design_effect(pairs) >= 1


@given(some, some)
def test_poststratified_answers_stand_as_in_the_frame(
    population: dict[str, int], returned: dict[str, int]
) -> None:
    """Weighted, every cell has exactly the frame's share, and the mean weight is 1."""
    weights = poststratification.weights(population, returned)
    answers, people = sum(returned.values()), sum(population.values())
    for cell in CELLS:
        weighted = weights.by_cell[cell] * returned[cell]
        assert weighted == Fraction(population[cell] * answers, people)


@given(some, some, st.fractions(1, 5))
def test_a_cap_holds_and_keeps_the_sum(
    population: dict[str, int], returned: dict[str, int], cap: Fraction
) -> None:
    """No weight above the cap, the mean still 1, and the order of those below it kept."""
    plain = poststratification.weights(population, returned)
    cut = poststratification.weights(population, returned, cap)
    assert max(cut.by_cell.values()) <= cap
    assert sum(cut.by_cell[c] * returned[c] for c in CELLS) == sum(returned.values())
    for cell in cut.capped:
        assert cut.by_cell[cell] <= plain.by_cell[cell]
    if max(plain.by_cell.values()) <= cap:
        assert cut.by_cell == plain.by_cell


def test_an_empty_cell_is_named() -> None:
    """A cell from which nobody answered cannot be weighed up: the error names it."""
    with pytest.raises(poststratification.EmptyCell) as caught:
        poststratification.weights(by_cell(5, 5, 5, 5, 5, 5), by_cell(5, 0, 5, 5, 5, 5))
    assert caught.value.errors[0]["pointer"] == f"/cells/{CELLS[1]}"


def test_answers_from_outside_the_frame_are_refused() -> None:
    """An answer from a cell without people contradicts the frame."""
    with pytest.raises(Invalid) as caught:
        poststratification.weights(by_cell(0, 5, 5, 5, 5, 5), by_cell(1, 5, 5, 5, 5, 5))
    assert caught.value.code == "cells-unknown"


@given(some, some)
def test_raked_answers_meet_the_margins(
    population: dict[str, int], returned: dict[str, int]
) -> None:
    """Every margin is met to the tolerance, and nothing but rows and columns is scaled."""
    margins = margins_of(population, ["age", "district"])
    weights = rake(margins, returned)
    people, answers = sum(population.values()), sum(returned.values())
    raked = np.array([weights.by_cell[c] * returned[c] for c in CELLS]).reshape(2, 3)
    wanted = np.array([population[c] for c in CELLS]).reshape(2, 3) * answers / people
    np.testing.assert_allclose(raked.sum(0), wanted.sum(0), atol=1e-6 * answers)
    np.testing.assert_allclose(raked.sum(1), wanted.sum(1), atol=1e-6 * answers)
    scale = np.array([weights.by_cell[c] for c in CELLS]).reshape(2, 3)
    odds = scale[0] / scale[1]
    np.testing.assert_allclose(odds, odds[0], rtol=1e-6)


def test_raking_copes_with_an_empty_cell() -> None:
    """Where one cell is empty its row and column still meet their margins."""
    margins = margins_of(by_cell(30, 20, 10, 10, 20, 30), ["age", "district"])
    weights = rake(margins, by_cell(10, 0, 10, 10, 10, 10))
    assert weights.deviation <= 1e-9
    assert weights.rounds > 1
    assert CELLS[1] not in weights.by_cell


def test_a_capped_raking_says_what_it_misses() -> None:
    """With a cap no weight is above it, and the missed share of a margin is stated."""
    margins = {"age": {"18-59": 10, "60+": 90}}
    weights = rake(margins, {"age=18-59": 90, "age=60+": 10}, cap=3)
    assert max(weights.by_cell.values()) <= 3 + 1e-9
    assert weights.capped == ("age=60+",)
    assert weights.deviation == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("margins", "returned"),
    [
        ({"age": {"a": 5, "b": 5}}, {"age=a": 5}),
        ({"age": {"a": 5}}, {"age=a": 5, "age=b": 1}),
        ({}, {"": 3}),
        ({"age": {"a": 5}}, {"age=a": 0}),
        # Only (a, x) and (b, y) answered: each row is its column, and the margins differ.
        ({"r": {"a": 5, "b": 5}, "s": {"x": 9, "y": 1}}, {"r=a|s=x": 5, "r=b|s=y": 5}),
    ],
)
def test_impossible_margins_are_refused(
    margins: dict[str, dict[str, float]], returned: dict[str, int]
) -> None:
    """What no weights can meet is said to be so, not returned as if it had converged."""
    with pytest.raises(Invalid) as caught:
        rake(margins, returned)
    assert caught.value.code == "margins-impossible"


@given(st.tuples(*[st.integers(0, 500)] * 3).map(sorted))
def test_bounds_hold_whatever_the_others_would_have_marked(numbers: list[int]) -> None:
    """Every possible mark of those who did not answer lies between the two ends, which occur."""
    part, returned, eligible = numbers
    assume(eligible)
    low, high = nonresponse(part, returned, eligible)
    missing = eligible - returned
    possible = [Fraction(part + satisfied, eligible) for satisfied in range(missing + 1)]
    assert (min(possible), max(possible)) == (low, high)


def test_huzhou_2025_is_a_census_with_bounds() -> None:
    """A census of which all answered has one value; of 511 due and 491 present, a span."""
    assert nonresponse(342, 347, 347) == (Fraction(342, 347),) * 2
    assert nonresponse(480, 491, 511) == (Fraction(480, 511), Fraction(500, 511))


@given(some, some, st.data())
def test_an_estimate_beside_statsmodels(
    population: dict[str, int], returned: dict[str, int], data: st.DataObject
) -> None:
    """The weighted share is DescrStatsW's mean; its interval Wilson's with Kish's size."""
    parts = {cell: data.draw(st.integers(0, returned[cell])) for cell in CELLS}
    weights = poststratification.weights(population, returned)
    share = sum(weights.by_cell[c] * parts[c] for c in CELLS) / sum(
        weights.by_cell[c] * returned[c] for c in CELLS
    )
    one = estimate(share, sum(returned.values()), weights, returned)
    marks = [bit for c in CELLS for bit in [1] * parts[c] + [0] * (returned[c] - parts[c])]
    each = [float(weights.by_cell[c]) for c in CELLS for _ in range(returned[c])]
    described = DescrStatsW(marks, weights=each)
    assert float(share) == pytest.approx(described.mean, abs=1e-9)
    n_eff = sum(each) ** 2 / sum(w * w for w in each)
    low, high = proportion_confint(described.mean * n_eff, n_eff, method="wilson")
    assert (one.interval.low, one.interval.high) == pytest.approx((low, high), abs=1e-9)
    assert one.min_cell == min(returned.values())
    assert isinstance(share, Fraction)


def test_equal_weights_change_nothing() -> None:
    """Without weights n_eff is n, the effect 1, the interval Wilson's; of all there is no width."""
    forms = {"a=1": 70, "a=2": 30}
    one = estimate(Fraction(9, 10), 100, Weights.equal(forms), forms, population=516)
    assert (one.n_eff, one.deff, one.min_cell) == (100, 1, 30)
    assert one.interval == wilson(90, 100, population=516)
    everybody = estimate(Fraction(9, 10), 100, Weights.equal(forms), forms, population=100)
    assert everybody.interval.low == everybody.interval.high == 0.9
