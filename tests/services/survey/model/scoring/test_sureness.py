"""How sure a group's figures are, and that weighted ones give away no more than they say."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

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


RULE = {"confidence": "0.95", "weighting": "post-stratify"}


def cells(**marks: tuple[int, ...]) -> dict[str, CellCount]:
    """Cells by age, of a form that has all the four marks; a fifth number are blanks."""
    codes = [str(option["code"]) for option in (*THREE, ABSTAIN)]
    return {
        f"age={age}": CellCount(sum(n), {}, {"grade:s1": dict(zip(codes, n[:4], strict=False))})
        for age, n in marks.items()
    }


def drawn(there: dict[str, CellCount], population: dict[str, int]) -> Counted:
    """A sample of a frame."""
    returned = sum(one.returned for one in there.values())
    people = sum(population.values())
    return Counted("households", "sample", people, None, None, returned, there, population)


def test_a_published_sample_is_told_to_other_services() -> None:
    """Its interval goes into the event as plain numbers."""
    counted = group(90, 8, 2, returned=100, eligible=516, sampling="sample")
    told = score(Formula.from_data(parameters()), [ITEM], [counted], as_of=DAY).told()
    interval = told["groups"][0]["items"][0]["interval"]
    assert (interval["low"], interval["high"]) == (0.8345, 0.9414)


@given(
    st.lists(st.tuples(*[st.integers(0, 30)] * 4), min_size=2, max_size=3),
    st.lists(st.integers(1, 900), min_size=3, max_size=3),
    st.integers(0, 2),
)
def test_weighted_shares_are_never_more_than_the_whole(
    marks: list[tuple[int, ...]], people: list[int], places: int
) -> None:
    """However they are rounded; and the rates are the exact ones, rounded once."""
    there = cells(**{f"c{n}": one for n, one in enumerate(marks)})
    assume(all(sum(one[:3]) for one in marks))
    frame = dict(zip(there, people, strict=False))
    changed = VALID | {"rounding": places, "publication": {"cell": 1, "unanimous": "show"}}
    line = scored(drawn(there, frame), sample=RULE, **changed)
    if line["top1"] is None:
        return
    assert sum(exact(one) for one in line["shares"].values()) == 1
    weights = [Fraction(n, sum(one)) for n, one in zip(frame.values(), marks, strict=True)]
    whole = sum(w * sum(one[:3]) for w, one in zip(weights, marks, strict=True))
    for name, upto in (("top1", 1), ("top2", 2)):
        part = sum(w * sum(one[:upto]) for w, one in zip(weights, marks, strict=True))
        # What weights come to is exact to nine places only.
        missed = abs(float(Fraction(line[name]["percent"]) - 100 * part / whole))
        assert missed <= 0.5 / 10**places + 1e-5


def test_weights_are_of_the_strata_that_the_frame_knows() -> None:
    """Districts come from the frame, ages were asked: what weighs is the district."""
    codes = [str(option["code"]) for option in THREE]
    there = {
        f"age={age}|district={district}": CellCount(
            sum(n), {}, {"grade:s1": dict(zip(codes, n, strict=True))}
        )
        for (age, district), n in {
            ("a", "x"): (20, 5, 5),
            ("b", "x"): (10, 5, 5),
            ("a", "y"): (10, 20, 10),
            ("b", "y"): (20, 10, 0),
        }.items()
    }
    line = scored(drawn(there, {"district=x": 900, "district=y": 100}), sample=RULE)
    weighted = Fraction(30, 50) * 9 / 10 + Fraction(30, 70) / 10
    assert line["problems"] == []
    assert line["top1"]["percent"] == f"{float(weighted) * 100:.2f}"
    assert line["interval"]["smallest_cell"] == 50


@pytest.mark.parametrize("weighting", ["post-stratify", "rake"])
def test_a_frame_without_strata_weighs_all_alike(weighting: str) -> None:
    """Whatever the form asks of ages."""
    rule = RULE | {"weighting": weighting}
    line = scored(drawn(cells(a=(20, 5, 5), b=(10, 5, 5)), {"": 400}), sample=rule)
    assert (line["problems"], line["top1"]["percent"]) == ([], "60.00")
    assert line["interval"]["design_effect"] == 1


def test_a_part_of_the_people_is_not_blown_up_to_all() -> None:
    """Of a 5 of 50 were asked, of b all 50; the frame has as many of both: each counts once."""
    there = cells(a=(5, 0, 0), b=(10, 40, 0))
    asked = {
        cell: CellCount(50, {}, {"grade:s1": {**one.counts["grade:s1"], "_asked": one.returned}})
        for cell, one in there.items()
    }
    line = scored(
        drawn(asked, {"age=a": 1000, "age=b": 1000}),
        sample=RULE,
        publication={"cell": 1, "unanimous": "show"},
    )
    assert line["top1"]["percent"] == line["unweighted"]["top1"]["percent"] == "27.27"


def test_a_sample_tells_nothing_of_where_its_blanks_are() -> None:
    """The same marks and weights, the abstention in the small cell or the large one: no trace."""
    told = []
    for small, large in (((3, 1, 0, 1), (40, 20, 5, 0)), ((3, 1, 1, 0), (40, 20, 4, 1))):
        there = cells(a=small, b=large, c=(30, 10, 5, 0))
        frame = {"age=a": 100, "age=b": 400, "age=c": 700}
        interval = scored(drawn(there, frame), sample=RULE, **VALID)["interval"]
        told.append([interval[n] for n in ("effective_size", "design_effect", "smallest_cell")])
    assert told[0] == told[1]


def test_how_a_sample_was_weighted_is_said() -> None:
    """By cells; or by margins, because cells are empty; and what the cap cut."""
    found = []
    for frame, rule in (
        ({"age=a": 300, "age=b": 100}, RULE),
        ({"age=a": 300, "age=b": 100}, RULE | {"cap": "6/5"}),
    ):
        counted = drawn(cells(a=(20, 5, 5), b=(30, 5, 5)), frame)
        made = score(Formula.from_data(parameters(sample=rule)), [ITEM], [counted], as_of=DAY)
        found.append("\n".join(one.says.zh for one in made.steps))
    assert "住户加权:各层按抽样框人数事后分层" in found[0]
    assert "1 层的权数截至上限" in found[1]


def test_why_a_sample_cannot_be_weighted_names_the_code() -> None:
    """Nobody of 60+ answered: the message says whom to look for."""
    counted = drawn(cells(a=(20, 5, 5)), {"age=a": 300, "age=60+": 100})
    (problem,) = scored(counted, sample=RULE)["problems"]
    assert "/margins/age/60+" in problem["detail"]["zh-CN"]


def test_a_confidence_is_not_rounded_in_words() -> None:
    """97.5 % is not called 98 %."""
    counted = group(90, 8, 2, returned=100, eligible=516, sampling="sample")
    rule = {"confidence": "0.975", "weighting": "none"}
    made = score(Formula.from_data(parameters(sample=rule)), [ITEM], [counted], as_of=DAY)
    assert any("97.5% 置信区间" in one.says.zh for one in made.steps)
