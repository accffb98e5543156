"""Results by stratum, read as anybody reads them."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.survey.model.breakdown import breakdowns
from services.survey.model.cell import cell_of, parts_of
from services.survey.model.form import Form, Item
from services.survey.model.method import Formula
from services.survey.model.scoring.counted import CellCount, Counted
from services.survey.model.scoring.problem import Problem
from services.survey.model.scoring.weighted import SampleWeights, weights_of
from services.survey.model.statistics.suppression import Cell, Row
from tests.services.survey.samples import THREE

from .statistics.attacker import told_by_bounds, told_by_sums

Data = dict[str, Any]
CODES: list[str] = [str(option["code"]) for option in THREE]
GRADES = "grade:s1"


def formula(**more: Any) -> Formula:
    """Three grades of the valid marks."""
    return Formula.from_data(
        {
            "options": THREE,
            "denominator": "valid",
            "rates": {"top1": CODES[:1], "top2": CODES[:2]},
            "grades": [],
            "otherwise": None,
            "rounding": 1,
        }
        | more
    )


def of(cells: dict[str, CellCount], **more: Any) -> Counted:
    """A group of residents."""
    total = sum(one.returned for one in cells.values())
    given: Data = {"group": "residents", "returned": total, "cells": cells, "sampling": "open"}
    given |= {"eligible": None, "present": None, "issued": None}
    return Counted(**(given | more))


def cell(*marks: int, blank: int = 0, **more: dict[str, int | str]) -> CellCount:
    """One line's marks, and who left it blank."""
    counts: dict[str, int | str] = dict(zip(CODES, marks, strict=True))
    return CellCount(sum(marks) + blank, {}, {GRADES: counts, **more})


def shown(table: Data) -> dict[str, tuple[int | None, list[int] | None]]:
    """By code: how many answered, and the marks on the line."""
    return {
        row["code"]: (
            row["returned"],
            None if row["items"][0]["counts"] is None else list(row["items"][0]["counts"].values()),
        )
        for row in table["cells"]
    }


def test_each_stratum_has_a_table_with_counts_and_rates() -> None:
    """Where every overlap is large, all is shown; rates are of the marks that count."""
    cells = {
        cell_of({"age": age, "district": place}): cell(30, 9, 1, blank=2)
        for age in ("18-59", "60+")
        for place in ("330102", "330105")
    }
    ages, districts = breakdowns(formula(), [of(cells)])
    assert (ages["stratum"], districts["stratum"]) == ("age", "district")
    assert ages["group"] == "residents" and ages["minimum"] == 10
    assert shown(ages) == {"18-59": (84, [60, 18, 2]), "60+": (84, [60, 18, 2])}
    line = ages["cells"][0]["items"][0]
    assert (line["question"], line["item_id"], line["answered"]) == ("grade", "s1", 80)
    assert line["top1"] == {"part": 60, "whole": 80, "percent": "75.0"}


def test_a_sample_has_intervals_by_row() -> None:
    """Rows of a sample carry Wilson's interval, corrected for the people of the frame's row."""
    cells = {"age=60+": cell(90, 8, 2), "age=18-59": cell(30, 9, 1)}
    population = {"age=60+": 516, "age=18-59": 40}
    (table,) = breakdowns(formula(), [of(cells, sampling="sample", population=population)])
    young, old = (row["items"][0]["top1"]["interval"] for row in table["cells"])
    assert old == {"low": "83.5", "high": "94.1"}
    assert young == {"low": "75.0", "high": "75.0"}


def test_small_rows_are_not_shown_nor_to_be_had_by_subtraction() -> None:
    """Neither counts nor how many answered; the next smallest row goes with a single one."""
    cells = {"age=a": cell(40, 9, 1), "age=b": cell(3, 0, 0), "age=c": cell(10, 2, 0)}
    (table,) = breakdowns(formula(), [of(cells)])
    assert shown(table) == {"a": (50, [40, 9, 1]), "b": (None, None), "c": (None, None)}


def test_a_line_that_few_answered_is_hidden_in_its_row_only() -> None:
    """Blanks make a line's base small, though the row has enough forms."""
    cells = {
        "age=a": cell(40, 9, 1),
        "age=b": cell(4, 1, 0, blank=30),
        "age=c": cell(10, 2, 0),
    }
    (table,) = breakdowns(formula(), [of(cells)])
    assert shown(table) == {"a": (50, [40, 9, 1]), "b": (35, None), "c": (12, None)}


def test_the_adopted_minimum_holds() -> None:
    """The cell size is the method's, ten only where it says nothing."""
    cells = {"age=a": cell(40, 9, 1), "age=b": cell(3, 0, 1), "age=c": cell(10, 2, 0)}
    rule = {"publication": {"cell": 3, "unanimous": "show"}}
    (table,) = breakdowns(formula(**rule), [of(cells)])
    assert table["minimum"] == 3
    assert shown(table)["b"] == (4, [3, 0, 1])


def test_unanimous_rows_follow_the_rule() -> None:
    """A method can keep back what all of a row marked; then also where everybody agrees."""
    cells = {"age=a": cell(40, 0, 0), "age=b": cell(20, 3, 1), "age=c": cell(20, 2, 0)}
    rule = {"publication": {"cell": 10, "unanimous": "suppress"}}
    (table,) = breakdowns(formula(**rule), [of(cells)])
    assert shown(table)["a"] == (40, None)
    assert [marks for _, marks in shown(table).values()].count(None) == 2
    (table,) = breakdowns(formula(), [of(cells)])
    assert shown(table)["a"] == (40, [40, 0, 0])
    agreed = {name: cell(20, 0, 0) for name in cells}
    (table,) = breakdowns(formula(**rule), [of(agreed)])
    assert all(marks is None for _, marks in shown(table).values())


QUESTIONS: list[Data] = [
    {
        "code": "age",
        "kind": "choice",
        "per": "once",
        "stratum": True,
        "required": True,
        "text": {"zh-CN": "年龄"},
        "options": [{"code": code, "text": {"zh-CN": code}} for code in ("b", "a", "c")],
    },
    {
        "code": "used",
        "kind": "choice",
        "per": "once",
        "text": {"zh-CN": "是否用过"},
        "options": [{"code": code, "text": {"zh-CN": code}} for code in ("yes", "no")],
    },
    {
        "code": "how",
        "kind": "rating",
        "per": "once",
        "text": {"zh-CN": "如何"},
        "rating": {"from": 1, "to": 3, "labels": {}},
        "if": {"question": "used", "in": ["yes"]},
    },
]


def test_who_is_asked_next_does_not_tell_what_was_answered_before() -> None:
    """Where the first answer of a row is hidden, so is what was asked because of it."""

    def row(yes: int, no: int, *levels: int) -> CellCount:
        how: dict[str, int | str] = {str(n + 1): k for n, k in enumerate(levels)}
        counts: Data = {
            "age": {"a": 0},
            "used": {"yes": yes, "no": no},
            "how": how | {"_asked": yes},
        }
        return CellCount(yes + no, {}, counts)

    cells = {
        "age=a": row(20, 0, 10, 5, 5),  # all said yes
        "age=b": row(15, 15, 5, 5, 5),
        "age=c": row(16, 30, 6, 5, 5),
    }
    rule = {"publication": {"cell": 10, "unanimous": "suppress"}}
    form = Form.from_data(QUESTIONS, [Item("s1", "p1", "sub-item", "一")], ())
    for known in (form, None):
        (table,) = breakdowns(formula(**rule), [of(cells)], known)
        lines = {row["code"]: row["items"] for row in table["cells"]}
        assert [line["question"] for line in lines["a"]] == ["used", "how"]
        assert [line["counts"] for line in lines["a"]] == [None, None]
        assert lines["c"][1]["counts"] == {"1": 6, "2": 5, "3": 5}
    (table,) = breakdowns(formula(), [of(cells)], form)
    assert [row["code"] for row in table["cells"]] == ["b", "a", "c"]


def test_what_is_asked_of_all_alike_has_no_table() -> None:
    """Without strata nothing is broken down."""
    assert breakdowns(formula(), [of({"": cell(40, 9, 1)})]) == []


@st.composite
def surveys(draw: st.DrawFn) -> dict[str, CellCount]:
    """Some people of two strata, two lines, blanks here and there."""
    rng = random.Random(draw(st.integers(0, 2**32)))
    shape = draw(st.sampled_from([("abc", "xyz"), ("ab", "xyzw"), ("abc",)]))
    cells: dict[str, CellCount] = {}
    for _ in range(draw(st.integers(5, 60))):
        name = cell_of(
            {
                f"s{n}": codes[min(int(rng.expovariate(1.5 / len(codes))), len(codes) - 1)]
                for n, codes in enumerate(shape)
            }
        )
        blank: Data = {key: dict.fromkeys(CODES, 0) for key in ("grade:s1", "grade:s2")}
        before = cells.get(name) or CellCount(0, {}, blank)
        counts: Data = {key: dict(marks) for key, marks in before.counts.items()}
        for marks in counts.values():
            if rng.random() < 0.9:
                marks[rng.choices(CODES, (8, 3, 1))[0]] += 1
        cells[name] = CellCount(before.returned + 1, {}, counts)
    return cells


@settings(max_examples=50, deadline=None)
@given(surveys(), st.integers(2, 5), st.sampled_from(["show", "suppress"]))
def test_no_reader_of_what_is_published_finds_out_a_few(
    cells: dict[str, CellCount], minimum: int, unanimous: str
) -> None:
    """From totals, shown rows and how many answered each line, nothing of fewer people follows."""
    rule = {"publication": {"cell": minimum, "unanimous": unanimous}}
    tables = breakdowns(formula(**rule), [of(cells)])
    for number, key in enumerate(("grade:s1", "grade:s2")):
        marks = {
            name: {c: int(n) for c, n in one.counts[key].items()} for name, one in cells.items()
        }
        people = [
            Cell(tuple(parts_of(name).values()), sum(each.values()), each)
            for name, each in marks.items()
        ]
        if sum(one.people for one in people) < minimum:
            continue
        hidden = _not_shown(tables, number)
        assert told_by_sums(people, hidden, minimum) is None
        assert told_by_bounds(people, hidden, minimum) is None
        # Of a row, forms returned less those that answered are who left the line blank.
        silent = [
            Cell(
                tuple(parts_of(name).values()),
                one.returned,
                each | {"blank": one.returned - sum(each.values())},
            )
            for (name, one), each in zip(cells.items(), marks.values(), strict=True)
        ]
        if sum(one.people for one in silent) >= minimum:
            assert told_by_bounds(silent, hidden, minimum) is None
    forms = [Cell(tuple(parts_of(name).values()), one.returned) for name, one in cells.items()]
    if sum(one.people for one in forms) >= minimum:
        assert told_by_sums(forms, _no_size(tables), minimum) is None


def _not_shown(tables: list[Data], line: int) -> set[Row]:
    return {
        (n, row["code"])
        for n, table in enumerate(tables)
        for row in table["cells"]
        if row["items"][line]["counts"] is None
    }


def _no_size(tables: list[Data]) -> set[Row]:
    return {
        (n, row["code"])
        for n, table in enumerate(tables)
        for row in table["cells"]
        if row["returned"] is None
    }


def test_who_left_a_line_blank_is_not_found_out() -> None:
    """One of a and one of x did: were both rows shown, it would be one of the two in a and x."""
    cells = {
        "age=a|district=x": cell(1, 0, 0, blank=1),
        "age=a|district=y": cell(30, 9, 1),
        "age=b|district=x": cell(30, 9, 1),
        "age=b|district=y": cell(30, 9, 1),
    }
    assert _not_shown(breakdowns(formula(), [of(cells)]), 0)


@pytest.mark.parametrize("kind", ["_answered", "_n"])
def test_sums_and_technical_counts_stay_out(kind: str) -> None:
    """Several options and numbers show their classes; sums, which a few can dominate, do not."""
    counts: dict[str, int | str] = {"0": 20, "10": 15, kind: 30, "_sum": "400", "_squares": "9000"}
    cells = {name: CellCount(30, {}, {"many": counts}) for name in ("age=a", "age=b")}
    (table,) = breakdowns(formula(), [of(cells)])
    line = table["cells"][0]["items"][0]
    assert line == {"question": "many", "counts": {"0": 20, "10": 15}, "answered": 30}


def test_a_weighted_figure_beside_the_tables_is_reckoned_with() -> None:
    """Rows are hidden that together with the published weighted rate would tell of a few."""
    cells = {
        "age=a|district=x": cell(30, 9, 1),
        "age=a|district=y": cell(4, 1, 0),
        "age=b|district=x": cell(30, 9, 1),
        "age=b|district=y": cell(15, 4, 1),
    }
    group = of(cells, sampling="sample", population=dict.fromkeys(cells, 1000))
    sample = {"confidence": "0.95", "weighting": "post-stratify"}
    assert isinstance(weights_of(formula(sample=sample), group, GRADES), SampleWeights)
    assert _not_shown(breakdowns(formula(), [group]), 0) == set()
    # With either table three figures would stand for three sets of people: one of them is five.
    assert len(_not_shown(breakdowns(formula(sample=sample), [group]), 0)) == 4


def test_no_weighted_figure_is_made_that_would_tell_of_a_few() -> None:
    """Where all but five people weigh the same, weighted less counted marks would be theirs."""
    cells = {"age=a": cell(30, 9, 1), "age=b": cell(4, 1, 0)}
    group = of(cells, sampling="sample", population={"age=a": 1000, "age=b": 1000})
    found = weights_of(formula(sample={"confidence": "0.95", "weighting": "rake"}), group, GRADES)
    assert isinstance(found, Problem)
    assert found.code == "sample-not-weighted"
