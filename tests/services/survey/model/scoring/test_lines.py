"""Lines that a score must not fall below, look-backs as a source, and samples."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from services.survey.methods import shipped
from services.survey.model.method import Formula
from services.survey.model.scoring import CellCount, Counted, Score, score
from tests.services.survey.model.scoring.tables import DAY, LINE, group, one_line, sub_item, three
from tests.services.survey.samples import formula, zhenhai

RECTIFY: dict[str, Any] = {"of": "project", "measure": "top1", "then": ["rectify"], "days": 30}


def follows(found: Score) -> list[list[str]]:
    """What follows, consequence by consequence."""
    return [one["then"] for one in found.to_data()["consequences"]]


@pytest.mark.parametrize(
    ("inclusive", "satisfied", "failed"),
    [(False, 79, True), (False, 80, False), (True, 80, True), (True, 81, False)],
)
def test_on_the_line(inclusive: bool, satisfied: int, failed: bool) -> None:
    """以下 includes the line itself, 不满 does not."""
    line = RECTIFY | {"below": "4/5", "inclusive": inclusive}
    found = one_line(formula(thresholds=[line]), three(satisfied, 0, 100 - satisfied))
    assert bool(found.consequences) == failed
    if failed:
        (one,) = found.to_data()["consequences"]
        assert (one["value"], one["below"], one["due_in"], one["times"]) == (
            f"{satisfied}/100",
            "4/5",
            {"days": 30},
            1,
        )


def test_the_second_failure_has_more_consequences() -> None:
    """As in Shiquan: do it again and report until it is passed; after two failures a criticism."""
    rule = Formula.from_data(shipped("shiquan-reports")["parameters"])
    counts = group({"grade:p": three(10, 9, 1)}, eligible=20, returned=20)
    first = score(rule, [LINE], [counts], as_of=DAY)
    assert follows(first) == [["rectify", "report-again", "assess-again"]]
    second = score(rule, [LINE], [counts], as_of=DAY, failures=first.failures)
    assert follows(second) == [["rectify", "report-again", "assess-again"], ["self-criticism"]]
    assert second.failures == {"p": 2}
    passed = group({"grade:p": three(11, 0, 9)}, eligible=20, returned=20)
    assert score(rule, [LINE], [passed], as_of=DAY, failures={"p": 2}).failures == {}


def test_a_first_failure_counts_though_nothing_follows_from_it() -> None:
    """Where only the second has consequences, the first is remembered."""
    rule = formula(thresholds=[RECTIFY | {"below": "4/5", "inclusive": False, "after": 2}])
    found = one_line(rule, three(1, 0, 1))
    assert (follows(found), found.failures) == ([], {"p": 1})


def test_without_a_figure_nothing_follows() -> None:
    """Nobody judged it: that is no failure."""
    line = {"of": "project", "measure": "grade", "grades": ["dissatisfied"], "then": ["rectify"]}
    rule = Formula.from_data(zhenhai(inclusive=True, denominator="valid") | {"thresholds": [line]})
    found = one_line(rule, three(0, 0, 0), returned=3)
    assert (found.consequences, found.failures) == ([], {})
    assert [one.code for one in found.problems] == ["denominator-zero"]


SOURCE: dict[str, Any] = {
    "group": "look-back",
    "name_zh": "回头看",
    "weight": "1/5",
    "source": "look-back",
    "points": {"effective": "100", "partly-effective": "60", "not-effective": "0"},
}
DEPUTIES = {"group": "all-deputies", "name_zh": "代表", "weight": "4/5"}


def with_look_backs(*points: str, **changed: Any) -> Score:
    """Half of the deputies satisfied, and look-backs with so many points."""
    basis = [{"effect": "source", "value": one, "items": ["p"]} for one in points]
    rule = formula(groups=[DEPUTIES, SOURCE | changed])
    return score(rule, [LINE], [group({"grade:p": three(1, 0, 1)})], as_of=DAY, basis=basis)


@pytest.mark.parametrize(
    ("points", "changed", "expected"),
    [
        (["100"], {}, Fraction(6, 10)),
        (["0"], {}, Fraction(4, 10)),
        (["60", "100"], {}, Fraction(56, 100)),
        ([], {}, Fraction(1, 2)),
        ([], {"without": "100"}, Fraction(6, 10)),
    ],
)
def test_look_backs_as_a_source(
    points: list[str], changed: dict[str, Any], expected: Fraction
) -> None:
    """A fifth of the score is the mean of the look-backs' points; without any, as the data say."""
    composite = with_look_backs(*points, **changed).items[0].outcome.composite
    assert composite is not None and composite.exact == expected


def sample(population: dict[str, int] | None, *counts: tuple[int, int, int]) -> Counted:
    """A sample of two cells of which each marked so."""
    cells = {
        f"age={n}": CellCount(sum(c), {}, {"grade:p": three(*c)}) for n, c in enumerate(counts)
    }
    returned = sum(sum(c) for c in counts)
    return Counted("residents", "sample", None, None, None, returned, cells, population)


def weighted(weighting: str, population: dict[str, int] | None, *counts: Any) -> Score:
    """The score of such a sample."""
    rule = formula(sample={"confidence": "0.95", "weighting": weighting})
    return score(rule, [LINE], [sample(population, *counts)], as_of=DAY)


def test_a_sample_is_weighted_to_its_population() -> None:
    """Strata by their people, exactly; the rates as counted stand beside."""
    people = {"age=0": 300, "age=1": 100}
    found = weighted("post-stratify", people, (40, 10, 0), (20, 0, 30)).to_data()
    line = found["groups"][0]["items"][0]
    expected = Fraction(3, 4) * Fraction(40, 50) + Fraction(1, 4) * Fraction(20, 50)
    assert Fraction(line["top1"]["value"]) == expected
    assert line["unweighted"]["top1"]["value"] == "60/100"
    assert line["interval"]["weighting"] == "post-stratify"
    assert (
        Fraction(line["interval"]["low"]["value"])
        < expected
        < Fraction(line["interval"]["high"]["value"])
    )


def test_an_empty_cell_is_raked() -> None:
    """Where a cell has no answers the margins are met instead, and the output says so."""
    cells = {"a=0|b=0": 100, "a=0|b=1": 100, "a=1|b=0": 100, "a=1|b=1": 1}
    counts = {
        "a=0|b=0": three(10, 0, 10),
        "a=0|b=1": three(20, 0, 0),
        "a=1|b=0": three(0, 0, 20),
        "a=1|b=1": three(0, 0, 0),
    }
    given = Counted(
        "residents",
        "sample",
        None,
        None,
        None,
        60,
        {c: CellCount(sum(m.values()), {}, {"grade:p": m}) for c, m in counts.items()},
        cells,
    )
    rule = formula(sample={"confidence": "0.95", "weighting": "post-stratify"})
    line = score(rule, [LINE], [given], as_of=DAY).to_data()["groups"][0]["items"][0]
    assert line["interval"]["weighting"] == "rake"
    a0 = Fraction(200, 301)
    assert abs(Fraction(line["top1"]["value"]) - a0 * Fraction(3, 4)) < Fraction(1, 4)


def test_without_a_population_a_sample_is_not_weighted_in_silence() -> None:
    """The method wants weights and nobody knows the frame: a problem, and no rate."""
    found = weighted("post-stratify", None, (4, 0, 1), (2, 0, 3))
    assert [one.code for one in found.problems] == ["sample-not-weighted"]
    assert found.to_data()["items"][0]["top1"] is None


def test_wilson_vectors() -> None:
    """90 of 100 from 516, as the findings have it, with the correction; a census has bounds."""
    given = Counted(
        "residents",
        "sample",
        516,
        None,
        None,
        100,
        {"": CellCount(100, {}, {"grade:p": three(90, 0, 10)})},
    )
    line = score(formula(), [LINE], [given], as_of=DAY).to_data()["groups"][0]["items"][0]
    assert (line["interval"]["low"]["percent"], line["interval"]["high"]["percent"]) == (
        "83.45",
        "94.14",
    )
    census = one_line(formula(), three(342, 0, 5), eligible=400, returned=347).to_data()
    bounds = census["groups"][0]["items"][0]["bounds"]
    assert (bounds["low"]["value"], bounds["high"]["value"]) == ("342/400", "395/400")


def test_who_chose_themselves_have_neither() -> None:
    """Of an open group nothing is inferred, and the output says so."""
    data = one_line(formula(), three(3, 1, 1), sampling="open", eligible=None).to_data()
    line = data["groups"][0]["items"][0]
    assert "bounds" not in line and "interval" not in line
    assert "不作推断" in data["groups"][0]["note"]


@pytest.mark.parametrize(
    ("base", "bases", "code"),
    [
        ("eligible", {"eligible": None}, "denominator-unknown"),
        ("present", {}, "denominator-unknown"),
        ("issued", {"issued": 3}, "denominator-too-small"),
        ("returned", {"returned": 0}, "denominator-zero"),
    ],
)
def test_what_cannot_be_divided_is_said(base: str, bases: dict[str, Any], code: str) -> None:
    """No base, none known, or one that is smaller than the marks: a problem and no rate."""
    counts = three(0, 0, 0) if code == "denominator-zero" else three(4, 0, 1)
    found = one_line(formula(denominator=base), counts, **bases)
    assert [one.code for one in found.problems] == [code]
    assert found.to_data()["items"][0]["top1"] is None


def test_every_figure_says_what_it_is() -> None:
    """Formula in both languages, part, whole, exact value, rounded text and as-of."""
    rule = Formula.from_data(shipped("default")["parameters"])
    lines = [sub_item("a"), sub_item("b")]
    tally = {f"grade:{name}": three(2, 1, 1) | {"abstain": 1} for name in ("a", "b")}
    data = score(rule, lines, [group(tally)], as_of=DAY).to_data()

    def figures(part: Any) -> Any:
        if isinstance(part, dict):
            if "percent" in part and "times" not in part:
                yield part
            for one in part.values():
                yield from figures(one)
        elif isinstance(part, list):
            for one in part:
                yield from figures(one)

    found = list(figures(data))
    assert len(found) > 30
    for one in found:
        assert one["formula"]["zh-CN"] and one["formula"]["en"]
        assert one["value"] == f"{one['part']}/{one['whole']}"
        assert one["as_of"] == DAY.isoformat()
        assert one["percent"] == f"{100 * one['part'] / one['whole']:.2f}"


def test_the_explanation_uses_the_figures() -> None:
    """Each rate of the score stands in the steps, in both languages, as it is published."""
    found = one_line(Formula.from_data(zhenhai(inclusive=True)), three(20, 8, 1), eligible=40)
    said = [step.says for step in found.steps]
    for language in ("zh-CN", "en"):
        text = "\n".join(one.say(language) for one in said)
        assert "20 ÷ 40 = 50.00%" in text
        assert "1/2 ≥ 1/2" in text
