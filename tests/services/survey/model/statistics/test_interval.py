"""Intervals, beside statsmodels, published counts and vectors that were worked out apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from services.survey.model.statistics.interval import wilson


@given(
    st.integers(1, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.sampled_from([0.8, 0.9, 0.95, 0.99]),
)
def test_wilson_is_that_of_statsmodels(counts: tuple[int, int], confidence: float) -> None:
    """Any share has the interval that statsmodels gives, to 1e-12."""
    part, n = counts
    low, high = proportion_confint(part, n, alpha=1 - confidence, method="wilson")
    ours = wilson(part, n, confidence)
    assert ours.low == pytest.approx(low, abs=1e-12)
    assert ours.high == pytest.approx(high, abs=1e-12)


@pytest.mark.parametrize(
    ("part", "n", "population", "low", "high"),
    [
        (142, 182, None, 0.71461, 0.83425),
        (90, 100, None, 0.8256, 0.9448),
        (90, 100, 516, 0.8345, 0.9414),
        (342, 347, None, 0.9667, 0.9938),
        (342, 347, 347, 342 / 347, 342 / 347),
    ],
)
def test_known_cases(part: int, n: int, population: int | None, low: float, high: float) -> None:
    """The worked cases, with and without the correction for a finite population."""
    ours = wilson(part, n, population=population)
    assert (ours.low, ours.high) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(2, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_finite_population_only_narrows(counts: tuple[int, int]) -> None:
    """The more of a population answer, the narrower; all of it leaves no width."""
    part, n = counts
    widths = [
        (one := wilson(part, n, population=size)).high - one.low
        for size in (n, n + 1, 2 * n, 1000 * n, None)
    ]
    assert widths[0] == 0
    assert widths == sorted(widths)


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_share_lies_within(counts: tuple[int, int]) -> None:
    """The interval holds the share and stays between 0 and 1."""
    one = wilson(*counts)
    assert 0 <= one.low <= counts[0] / counts[1] <= one.high <= 1


@pytest.mark.parametrize(("part", "n"), [(0, 0), (2, 1), (-1, 3)])
def test_what_is_no_share_is_refused(part: int, n: int) -> None:
    """Nothing of nothing, and more than all, have no interval."""
    with pytest.raises(ValueError, match="share"):
        wilson(part, n)


def test_more_answers_than_people_are_refused() -> None:
    """A frame smaller than its sample is a mistake, not a negative variance."""
    with pytest.raises(ValueError, match="more answers"):
        wilson(1, 3, population=2)
