"""How sure a group's figures are, and that weighted ones give away no more than they say."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from services.survey.model.form import Item
from services.survey.model.method import Formula
from services.survey.model.scoring import CellCount, Counted, score
from tests.services.survey.samples import ABSTAIN, THREE, parameters

ITEM = Item("s1", "p1", "sub-item", "子项(合成)")
DAY = dt.date(2023, 12, 10)
VALID = {"denominator": "valid", "options": [*THREE, ABSTAIN]}


def scored(counted: Counted, **changed: Any) -> dict[str, Any]:
    """The one line as the one group judged it."""
    data = score(Formula.from_data(parameters(**changed)), [ITEM], [counted], as_of=DAY).to_data()
    (group,) = data["groups"]
    return dict(group["items"][0]) | {"group": group, "problems": data["problems"]}


def group(*marks: int, returned: int, eligible: int | None, sampling: str) -> Counted:
    """Without strata; the last of the marks is for abstaining."""
    codes = [str(option["code"]) for option in (*THREE, ABSTAIN)]
    counts = {"grade:s1": dict(zip(codes, marks, strict=False))}
    cells = {"": CellCount(returned, {}, counts)}
    return Counted("all-deputies", sampling, eligible, None, None, returned, cells)


def exact(figure: dict[str, Any]) -> Fraction:
    """Its value."""
    return Fraction(figure["value"])


def test_a_census_has_a_response_rate_and_bounds() -> None:
    """480 of 491 who answered of 511: no interval, but what the other twenty could change."""
    line = scored(group(480, 8, 3, returned=491, eligible=511, sampling="census"))
    assert exact(line["bounds"]["low"]) == Fraction(480, 511)
    assert exact(line["bounds"]["high"]) == Fraction(500, 511)
    assert exact(line["group"]["response_rate"]) == Fraction(491, 511)
    assert "interval" not in line


@pytest.mark.parametrize(
    ("blank", "abstained", "low", "high"),
    [(0, 0, (90, 100), (90, 100)), (10, 0, (80, 100), (90, 100)), (0, 10, (80, 90), (80, 90))],
)
def test_bounds_hold_the_rate_that_they_are_of(
    blank: int, abstained: int, low: tuple[int, int], high: tuple[int, int]
) -> None:
    """Of the valid marks: who left it blank could have marked, who abstained stays out."""
    satisfied = 90 - blank - abstained
    marks = (satisfied, 10, 0, abstained)
    line = scored(group(*marks, returned=100, eligible=100, sampling="census"), **VALID)
    bounds = line["bounds"]
    assert (exact(bounds["low"]), exact(bounds["high"])) == (Fraction(*low), Fraction(*high))
    assert exact(bounds["low"]) <= exact(line["top1"]) <= exact(bounds["high"])


def test_a_sample_has_an_interval_and_no_bounds() -> None:
    """90 of 100, drawn from 516, with the interval that was worked out for them."""
    line = scored(group(90, 8, 2, returned=100, eligible=516, sampling="sample"))
    interval = line["interval"]
    assert (interval["low"]["percent"], interval["high"]["percent"]) == ("83.45", "94.14")
    assert (interval["effective_size"], interval["design_effect"]) == (100, 1)
    assert "bounds" not in line


def test_the_event_says_how_sure_each_group_is() -> None:
    """The ends of an interval as numbers, those of bounds as fractions; by the contract."""
    sample = group(90, 8, 2, returned=100, eligible=516, sampling="sample")
    census = group(480, 8, 3, returned=491, eligible=511, sampling="census")
    told = [
        score(Formula.from_data(parameters()), [ITEM], [one], as_of=DAY).told()["groups"][0]
        for one in (sample, census)
    ]
    interval, bounds = told[0]["items"][0]["interval"], told[1]["items"][0]["bounds"]
    assert (interval["measure"], interval["confidence"]) == ("top1", "0.95")
    assert (interval["low"], interval["high"]) == pytest.approx((0.8345, 0.9414))
    assert (bounds["low"], bounds["high"]) == ("480/511", "500/511")


def test_who_answered_unasked_stands_for_nobody_else() -> None:
    """An open group has neither, and says so."""
    line = scored(group(90, 8, 2, returned=100, eligible=None, sampling="open"))
    assert not {"bounds", "interval"} & line.keys()
    assert "不作推断" in line["group"]["note"]


def sample(**population: int) -> Counted:
    """Two ages that answered otherwise than they stand in the frame."""
    codes = [str(option["code"]) for option in THREE]
    cells = {
        f"age={age}": CellCount(sum(marks), {}, {"grade:s1": dict(zip(codes, marks, strict=True))})
        for age, marks in {"a": (41, 9, 3), "b": (17, 9, 5)}.items()
    }
    frame = {f"age={age}": people for age, people in population.items()}
    people = sum(population.values())
    return Counted("households", "sample", people, None, None, 84, cells, population=frame)


def test_a_weighted_rate_stands_beside_the_counted_one() -> None:
    """Post-stratified: 41/53 and 17/31 by what the frame has of each, 300 and 700."""
    rule = {"confidence": "0.95", "weighting": "post-stratify"}
    line = scored(sample(a=300, b=700), sample=rule)
    weighted = Fraction(41, 53) * 3 / 10 + Fraction(17, 31) * 7 / 10
    assert line["top1"]["percent"] == f"{float(weighted) * 100:.2f}"
    assert exact(line["unweighted"]["top1"]) == Fraction(58, 84)
    assert line["interval"]["weighting"] == "post-stratify"
    assert line["interval"]["smallest_cell"] == 31
    assert line["interval"]["design_effect"] > 1


def test_answers_in_finer_cells_are_weighted_by_the_frame() -> None:
    """What is asked beside what the frame knows changes no weight."""
    coarse = sample(a=300, b=700)
    codes = [str(option["code"]) for option in THREE]
    halves = {"a": ((20, 5, 1), (21, 4, 2)), "b": ((9, 4, 3), (8, 5, 2))}
    cells = {
        f"age={age}|sex={sex}": CellCount(
            sum(marks), {}, {"grade:s1": dict(zip(codes, marks, strict=True))}
        )
        for age, both in halves.items()
        for sex, marks in zip("fm", both, strict=True)
    }
    fine = replace(coarse, cells=cells)
    rule = {"confidence": "0.95", "weighting": "post-stratify"}
    assert scored(fine, sample=rule)["top1"] == scored(coarse, sample=rule)["top1"]


def test_a_weighted_rate_has_no_more_digits_than_are_printed() -> None:
    """Exact, it would be taken apart into the marks of single cells."""
    rule = {"confidence": "0.95", "weighting": "post-stratify"}
    line = scored(sample(a=300, b=701), sample=rule)
    for figure in (line["top1"], line["top2"], *line["shares"].values()):
        assert exact(figure) == Fraction(figure["percent"]) / 100
    for end in (line["interval"]["low"], line["interval"]["high"]):
        assert Fraction(end["value"]) == Fraction(end["percent"]) / 100
