"""The formula, against what real assessments published and against plain arithmetic."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.survey.model.method import Formula
from services.survey.model.score import Rate, score_item
from tests.services.survey.samples import ABSTAIN, THREE, formula, marks, zhenhai

numbers = st.integers(0, 3000)


@pytest.mark.parametrize(
    ("counts", "published"), [(marks(125, 1, 0), "99.21"), (marks(122, 4, 0), "96.83")]
)
def test_lushan_2021(counts: dict[str, int], published: str) -> None:
    """Lushan's satisfaction rates of 2021 come out as published, from 126 forms."""
    score = score_item(formula(), counts, eligible=126, returned=126)
    assert score.top1 is not None
    assert score.top1.percent(2) == published


def test_zhanyi_2019() -> None:
    """Zhanyi's three shares of 28 forms returned come out as published."""
    score = score_item(formula(), marks(20, 7, 1), eligible=28, returned=28)
    assert [share.percent(2) for share in score.shares.values()] == ["71.43", "25.00", "3.57"]
    assert score.denominator == 28


@pytest.mark.parametrize(
    ("satisfied", "basically", "inclusive", "grade"),
    [
        (21, 0, True, "satisfied"),
        (21, 0, False, "satisfied"),
        (20, 9, True, "satisfied"),
        (20, 9, False, "basically-satisfied"),
        (19, 1, True, "basically-satisfied"),
        (19, 1, False, "dissatisfied"),
        (19, 0, True, "dissatisfied"),
    ],
)
def test_zhenhai_grade(satisfied: int, basically: int, inclusive: bool, grade: str) -> None:
    """Half of all 40 members decides, though 29 attend; the exact half goes as the method says."""
    rule = Formula.from_data(zhenhai(inclusive=inclusive))
    counts = marks(satisfied, basically, 29 - satisfied - basically)
    assert score_item(rule, counts, eligible=40, returned=29).grade == grade


def test_denominator_is_data() -> None:
    """The same marks give other rates of all members, of the forms, and of the valid marks."""
    counts = marks(15, 5, 5)
    rates = [
        str(score_item(formula(denominator=base), counts, eligible=40, returned=30).top1)
        for base in ("eligible", "returned", "valid")
    ]
    assert rates == ["15/40", "15/30", "15/25"]


def test_abstentions_outside_the_denominator() -> None:
    """An option that does not count in the denominator is counted, and is in no rate."""
    rule = formula(options=[*THREE, ABSTAIN], denominator="valid")
    score = score_item(rule, marks(6, 2, 2, abstain=5), eligible=20, returned=15)
    assert score.counts["abstain"] == 5
    assert (score.denominator, str(score.top2), list(score.shares)) == (
        10,
        "8/10",
        ["satisfied", "basically-satisfied", "dissatisfied"],
    )


def test_no_marks_no_score() -> None:
    """Without a denominator there is no rate, and no grade: 0 of 0 is not half."""
    rule = Formula.from_data(zhenhai(inclusive=True, denominator="valid"))
    score = score_item(rule, marks(0, 0, 0), eligible=5, returned=2)
    assert (score.top1, score.top2, score.grade, score.shares) == (None, None, None, {})


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
    assert (Rate(1, 8).percent(0), Rate(1, 2000).percent(1), Rate(1, 1999).percent(3)) == (
        "13",
        "0.1",
        "0.050",
    )


@given(satisfied=numbers, basically=numbers, dissatisfied=numbers, absent=numbers)
def test_formula_by_plain_fractions(
    satisfied: int, basically: int, dissatisfied: int, absent: int
) -> None:
    """Rates and grade agree with the rule as one would write it by hand."""
    returned = satisfied + basically + dissatisfied
    eligible = returned + absent
    counts = marks(satisfied, basically, dissatisfied)
    rule = Formula.from_data(zhenhai(inclusive=True))
    score = score_item(rule, counts, eligible=eligible, returned=returned)
    if eligible == 0:
        assert score.top1 is None
        return
    assert score.top1 is not None and score.top2 is not None
    assert score.top1.exact == Fraction(satisfied, eligible)
    assert score.top2.exact == Fraction(satisfied + basically, eligible)
    if 2 * satisfied >= eligible:
        assert score.grade == "satisfied"
    elif 2 * (satisfied + basically) >= eligible:
        assert score.grade == "basically-satisfied"
    else:
        assert score.grade == "dissatisfied"


@given(satisfied=numbers, basically=numbers, dissatisfied=numbers, abstain=numbers)
def test_shares_of_valid_marks_are_a_whole(
    satisfied: int, basically: int, dissatisfied: int, abstain: int
) -> None:
    """Of the valid marks the shares add up to one exactly, and top1 ≤ top2 ≤ 1."""
    rule = formula(options=[*THREE, ABSTAIN], denominator="valid")
    counts = marks(satisfied, basically, dissatisfied, abstain=abstain)
    score = score_item(rule, counts, eligible=20_000, returned=sum(counts.values()))
    if score.top1 is None or score.top2 is None:
        assert satisfied + basically + dissatisfied == 0
        return
    assert sum(share.exact for share in score.shares.values()) == 1
    assert score.top1.exact <= score.top2.exact <= 1


@given(satisfied=numbers, basically=numbers, dissatisfied=st.integers(1, 3000))
def test_a_better_mark_never_worsens_the_score(
    satisfied: int, basically: int, dissatisfied: int
) -> None:
    """One deputy more satisfied, and neither rates nor grade go down."""
    best_first = ["satisfied", "basically-satisfied", "dissatisfied"]
    rule = Formula.from_data(zhenhai(inclusive=False))
    whole = satisfied + basically + dissatisfied
    before, after = (
        score_item(rule, counts, eligible=whole, returned=whole)
        for counts in (
            marks(satisfied, basically, dissatisfied),
            marks(satisfied + 1, basically, dissatisfied - 1),
        )
    )
    assert before.top1 is not None and after.top1 is not None
    assert after.top1.exact > before.top1.exact
    assert best_first.index(after.grade or "") <= best_first.index(before.grade or "")
