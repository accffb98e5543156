"""Scores that congresses published, from the counts that they published."""

from __future__ import annotations

import pytest

from services.survey.model.method import Formula
from tests.services.survey.model.scoring.tables import one_line, three
from tests.services.survey.samples import formula, zhenhai


@pytest.mark.parametrize(("counts", "published"), [((125, 1, 0), "99.21"), ((122, 4, 0), "96.83")])
def test_lushan_2021(counts: tuple[int, int, int], published: str) -> None:
    """Lushan's satisfaction rates of 126 forms."""
    (item,) = one_line(formula(), three(*counts)).to_data()["items"]
    assert item["top1"]["percent"] == published
    assert item["top1"]["value"] == f"{counts[0]}/126"


def test_zhanyi_2019() -> None:
    """Zhanyi's three shares of 28 forms returned, and 25 of 28."""
    (item,) = one_line(formula(), three(20, 7, 1)).to_data()["items"]
    assert [one["percent"] for one in item["shares"].values()] == ["71.43", "25.00", "3.57"]
    (item,) = one_line(formula(), three(25, 3, 0)).to_data()["items"]
    assert [one["percent"] for one in item["shares"].values()] == ["89.29", "10.71", "0.00"]


@pytest.mark.parametrize(
    ("counts", "top1", "top2"),
    [
        ((28, 1, 0), "96.6", "100.0"),
        ((20, 8, 1), "69.0", "96.6"),
        ((17, 11, 1), "58.6", "96.6"),
    ],
)
def test_three_rows_of_29(counts: tuple[int, int, int], top1: str, top2: str) -> None:
    """The three rows of 29 members that the findings work out."""
    (item,) = one_line(formula(rounding=1), three(*counts)).to_data()["items"]
    assert (item["top1"]["percent"], item["top2"]["percent"]) == (top1, top2)


@pytest.mark.parametrize(
    ("satisfied", "basically", "inclusive", "grade"),
    [
        (21, 0, False, "satisfied"),
        (20, 9, True, "satisfied"),
        (20, 9, False, "basically-satisfied"),
        (19, 1, True, "basically-satisfied"),
        (19, 1, False, "dissatisfied"),
        (19, 0, True, "dissatisfied"),
    ],
)
def test_zhenhai_2022(satisfied: int, basically: int, inclusive: bool, grade: str) -> None:
    """Half of all 40 members decides, though 29 attend; the exact half goes as the method says."""
    rule = Formula.from_data(zhenhai(inclusive=inclusive))
    counts = three(satisfied, basically, 29 - satisfied - basically)
    (item,) = one_line(rule, counts, eligible=40, returned=29).to_data()["items"]
    assert (item["grade"], item["whole_grade"]) == (grade, grade)
