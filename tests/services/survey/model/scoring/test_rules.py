"""The rules of scoring, against plain arithmetic and for every table of counts."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.commons.errors import Conflict
from services.survey.model.method import Formula
from services.survey.model.scoring import Counted, Rate, check_fit, rounded, score
from tests.services.survey.model.scoring.tables import DAY, LINE, group, one_line, sub_item, three
from tests.services.survey.samples import ABSTAIN, THREE, formula, marks, parameters, zhenhai

numbers = st.integers(0, 3000)
triples = st.tuples(numbers, numbers, numbers)
BEST_FIRST = ["satisfied", "basically-satisfied", "dissatisfied"]
POINTS = {"satisfied": "100", "basically-satisfied": "60", "dissatisfied": "0"}
VALUED = [one | {"value": POINTS[str(one["code"])]} for one in THREE]
GROUPS = [
    {"group": "deputies", "name_zh": "代表", "weight": "60/100"},
    {"group": "cadres", "name_zh": "干部", "weight": "30/100"},
    {"group": "online", "name_zh": "网上", "weight": "1/10"},
]


def item(found: Any) -> dict[str, Any]:
    """The first line of a score."""
    data: dict[str, Any] = found.to_data()["items"][0]
    return data


@given(part=numbers, rest=numbers, places=st.integers(0, 6))
def test_percent_rounds_half_up(part: int, rest: int, places: int) -> None:
    """A printed percentage is the exact one, rounded once, half up."""
    whole = part + rest + 1
    exact = Decimal(100 * part) / Decimal(whole)
    # 28 digits of Decimal are exact at every half that such small numbers can reach.
    expected = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert Rate(part, whole).percent(places) == str(expected)


def test_percent_at_the_half() -> None:
    """1/8 is 12.5 %, printed as 13 without decimals; a small share keeps its leading zero."""
    assert (Rate(1, 8).percent(0), Rate(1, 2000).percent(1), rounded(Fraction(1, 20), 3)) == (
        "13",
        "0.1",
        "0.050",
    )


def test_denominator_is_data() -> None:
    """The same marks give other rates of all, of those present, of forms and of valid marks."""
    bases = {"eligible": 40, "present": 36, "issued": 35, "returned": 30}
    rates = [
        item(one_line(formula(denominator=base), three(15, 5, 5), **bases))["top1"]["value"]
        for base in (*bases, "valid")
    ]
    assert rates == ["15/40", "15/36", "15/35", "15/30", "15/25"]


def test_abstentions_outside_the_denominator() -> None:
    """An option that does not count in the denominator is counted, and is in no rate."""
    rule = formula(options=[*THREE, ABSTAIN], denominator="valid")
    found = item(one_line(rule, marks(6, 2, 2, abstain=5), eligible=20, returned=16))
    assert (found["counts"]["abstain"], found["blank"]) == (5, 1)
    assert (found["denominator"], found["top2"]["value"]) == (10, "8/10")
    assert list(found["shares"]) == BEST_FIRST


@given(counts=triples, absent=numbers)
def test_by_plain_fractions(counts: tuple[int, int, int], absent: int) -> None:
    """Rates and grade agree with the rule as one would write it by hand."""
    satisfied, basically, _ = counts
    returned = sum(counts)
    eligible = returned + absent
    rule = Formula.from_data(zhenhai(inclusive=True))
    found = item(one_line(rule, three(*counts), eligible=eligible, returned=returned))
    if eligible == 0:
        assert (found["top1"], found["grade"], found["shares"]) == (None, None, {})
        return
    assert Fraction(found["top1"]["value"]) == Fraction(satisfied, eligible)
    assert Fraction(found["top2"]["value"]) == Fraction(satisfied + basically, eligible)
    assert sum(Fraction(one["value"]) for one in found["shares"].values()) <= 1
    if 2 * satisfied >= eligible:
        assert found["grade"] == "satisfied"
    elif 2 * (satisfied + basically) >= eligible:
        assert found["grade"] == "basically-satisfied"
    else:
        assert found["grade"] == "dissatisfied"


@given(counts=triples)
def test_mean_by_plain_fractions(counts: tuple[int, int, int]) -> None:
    """The mean is the sum of points over forms and full mark; all satisfied is all of it."""
    found = item(one_line(formula(options=VALUED, measure="mean"), three(*counts)))
    if sum(counts) == 0:
        assert found["mean"] is None
        return
    expected = Fraction(100 * counts[0] + 60 * counts[1], 100 * sum(counts))
    assert Fraction(found["mean"]["value"]) == expected
    assert found["composite"]["value"] == found["mean"]["value"]


@given(satisfied=numbers, basically=numbers, dissatisfied=st.integers(1, 3000))
def test_a_better_mark_never_worsens_the_score(
    satisfied: int, basically: int, dissatisfied: int
) -> None:
    """One more satisfied instead of dissatisfied: neither rates nor mean nor grade go down."""
    rule = Formula.from_data(zhenhai(inclusive=False) | {"options": VALUED})
    before, after = (
        item(one_line(rule, three(*counts)))
        for counts in (
            (satisfied, basically, dissatisfied),
            (satisfied + 1, basically, dissatisfied - 1),
        )
    )
    for name in ("top1", "top2", "mean"):
        assert Fraction(after[name]["value"]) >= Fraction(before[name]["value"])
    assert BEST_FIRST.index(after["grade"]) <= BEST_FIRST.index(before["grade"])


def weighed(**changed: Any) -> Formula:
    """60/30/10."""
    return Formula.from_data(parameters(groups=GROUPS) | changed)


def asked(*counts: tuple[int, int, int]) -> list[Counted]:
    """What the three groups of :func:`weighed` marked on the line."""
    codes = [str(one["group"]) for one in GROUPS]
    return [group({"grade:p": three(*c)}, g) for g, c in zip(codes, counts, strict=True)]


@given(counts=st.tuples(triples, triples, triples), order=st.permutations(range(3)))
def test_groups_are_weighed_in_any_order(
    counts: tuple[tuple[int, int, int], ...], order: list[int]
) -> None:
    """60/30/10 of the groups' rates, worked out apart; the order of the groups changes nothing."""
    groups = asked(*counts)
    found = score(weighed(), [LINE], groups, as_of=DAY)
    mixed = score(weighed(), [LINE], [groups[n] for n in order], as_of=DAY)
    outcome = found.items[0].outcome
    if any(sum(c) == 0 for c in counts):
        assert outcome.composite is None
        assert {one.code for one in found.problems} == {"denominator-zero", "group-without-answers"}
        return
    shares = [Fraction(c[0], sum(c)) for c in counts]
    expected = Fraction(6, 10) * shares[0] + Fraction(3, 10) * shares[1] + shares[2] / 10
    assert outcome.composite is not None and outcome.composite.exact == expected
    other = mixed.items[0].outcome.composite
    assert other is not None and other.exact == expected


@given(counts=triples.filter(any))
def test_groups_that_agree_are_as_one(counts: tuple[int, int, int]) -> None:
    """If all groups mark the same the weights do not matter."""
    outcome = score(weighed(), [LINE], asked(counts, counts, counts), as_of=DAY).items[0].outcome
    assert outcome.composite is not None
    assert outcome.composite.exact == Fraction(counts[0], sum(counts))


def test_a_group_that_is_missing_is_not_made_up_for() -> None:
    """Without one of the weighed groups there is no composite, and the problem names it."""
    found = score(weighed(), [LINE], asked((1, 0, 0), (1, 0, 0), (1, 0, 0))[:2], as_of=DAY)
    assert found.items[0].outcome.composite is None
    assert [(one.code, "online" in one.says.en) for one in found.problems] == [
        ("group-missing", True)
    ]


def test_groups_that_the_method_does_not_weigh_are_not_joined() -> None:
    """Two groups under a method of one: each has its rates, and none stands for both."""
    found = score(formula(), [LINE], asked((1, 0, 0), (0, 0, 1), (1, 0, 0))[:2], as_of=DAY)
    assert [one.code for one in found.problems] == ["groups-not-weighed"]
    rates = [one["items"][0]["top1"]["value"] for one in found.to_data()["groups"]]
    assert rates == ["1/1", "0/1"]


def test_a_group_beside_the_weighed_ones_is_shown_and_not_weighed() -> None:
    """Residents who chose themselves stand beside; the composite is of the weighed groups."""
    groups = [*asked((3, 1, 0), (1, 1, 0), (1, 0, 1)), group({"grade:p": three(0, 0, 9)}, "street")]
    data = score(weighed(), [LINE], groups, as_of=DAY).to_data()
    assert [one["weight"] for one in data["groups"]] == ["3/5", "3/10", "1/10", None]
    assert Fraction(data["items"][0]["composite"]["value"]) == Fraction(65, 100)


DIMENSIONS = [{"code": f"d{n}", "weight": "1/8"} for n in range(8)]


@given(counts=st.lists(triples.filter(any), min_size=8, max_size=8))
def test_dimensions_are_weighed(counts: list[tuple[int, int, int]]) -> None:
    """Eight dimensions of an eighth each: the mean of their rates; each is shown by itself."""
    rule = formula(dimensions=DIMENSIONS, denominator="valid")
    tally = {f"d{n}:p": three(*c) for n, c in enumerate(counts)}
    questions = [str(one["code"]) for one in DIMENSIONS]
    found = item(score(rule, [LINE], [group(tally)], as_of=DAY, grade_questions=questions))
    expected = sum(Fraction(c[0], sum(c)) for c in counts) / 8
    assert Fraction(found["composite"]["value"]) == expected
    assert [Fraction(one["top1"]["value"]) for one in found["dimensions"]] == [
        Fraction(c[0], sum(c)) for c in counts
    ]


@pytest.mark.parametrize("questions", [["grade", "effect"], ["d1"]])
def test_dimensions_that_do_not_fit_the_form(questions: list[str]) -> None:
    """No measure is guessed where form and method name other dimensions."""
    rule = formula() if questions != ["d1"] else formula(dimensions=DIMENSIONS)
    with pytest.raises(Conflict, match="dimensions-do-not-fit"):
        check_fit(rule, questions)
    found = score(rule, [LINE], [group({})], as_of=DAY, grade_questions=questions)
    assert [one.code for one in found.problems][0] == "dimensions-do-not-fit"
    assert found.items[0].outcome.composite is None


def upwards(by: str, overall: str = "mean") -> dict[str, Any]:
    """Projects of their sub-items, the whole of the projects."""
    return {
        "project": {"from": "sub-items", "by": by},
        "overall": {"from": "projects", "by": overall},
    }


LINES = [sub_item("a", "p"), sub_item("b", "p"), sub_item("c", "q")]
counted_lines = st.lists(triples.filter(any), min_size=3, max_size=3)


def of_lines(rule: Formula, counts: list[tuple[int, int, int]]) -> Any:
    """Three sub-items of two projects."""
    names = ("a", "b", "c")
    tally = {f"grade:{name}": three(*c) for name, c in zip(names, counts, strict=True)}
    return score(rule, LINES, [group(tally)], as_of=DAY)


@given(counts=counted_lines, by=st.sampled_from(["mean", "pooled", "lowest"]))
def test_sub_items_make_projects(counts: list[tuple[int, int, int]], by: str) -> None:
    """Mean, pooled and lowest as one would work them out; the whole lies between the projects."""
    found = of_lines(formula(denominator="valid", aggregation=upwards(by)), counts)
    first, second = (one.outcome.composite.exact for one in found.projects)
    shares = [Fraction(c[0], sum(c)) for c in counts]
    expected = {
        "mean": (shares[0] + shares[1]) / 2,
        "pooled": Fraction(counts[0][0] + counts[1][0], sum(counts[0]) + sum(counts[1])),
        "lowest": min(shares[:2]),
    }[by]
    assert (first, second) == (expected, shares[2])
    assert found.overall.outcome.composite.exact == (first + second) / 2
    assert min(first, second) <= found.overall.outcome.composite.exact <= max(first, second)


@given(part=st.integers(0, 50), other=st.integers(0, 50))
def test_pooled_is_the_mean_of_equal_bases(part: int, other: int) -> None:
    """Lines that rest on as many marks give the same pooled and averaged."""
    counts = [(part, 0, 50 - part), (other, 0, 50 - other), (1, 0, 49)]
    values = [
        of_lines(formula(aggregation=upwards(by)), counts).projects[0].outcome.composite.exact
        for by in ("mean", "pooled")
    ]
    assert values[0] == values[1]


def test_lowest_takes_the_worst_grade() -> None:
    """A project is as bad as its worst sub-item, where the method says so."""
    rule = Formula.from_data(zhenhai(inclusive=True) | {"aggregation": upwards("lowest", "lowest")})
    found = of_lines(rule, [(9, 0, 1), (1, 1, 8), (9, 1, 0)])
    assert [one.outcome.grade for one in found.projects] == ["dissatisfied", "satisfied"]
    assert found.overall.outcome.grade == "dissatisfied"


def test_a_project_without_sub_items_is_its_own_line() -> None:
    """It is not lost where the others are made of their sub-items."""
    rule = formula(aggregation=upwards("mean"))
    tally = {"grade:a": three(1, 0, 1), "grade:p": three(2, 0, 0)}
    lines = [sub_item("a", "q"), LINE]
    found = score(rule, lines, [group(tally)], as_of=DAY)
    assert [(one.project_id, one.parts) for one in found.projects] == [("q", ["a"]), ("p", ["p"])]


def test_without_a_rule_there_is_no_whole() -> None:
    """An overall rate that no method defines is none."""
    assert of_lines(formula(), [(1, 0, 0)] * 3).to_data()["overall"] is None
