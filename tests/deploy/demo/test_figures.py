"""Reading figures files, comparing figures, and telling which no year can have."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from deploy.demo import possible
from deploy.demo.__main__ import HANGZHOU_2023, main
from deploy.demo.comparison import compare
from deploy.demo.figures import BadFigures, Expected, of_data, read

from .samples import data, hangzhou, small, written

TODAY = dt.date(2026, 1, 1)


def test_the_figures_of_hangzhou_2023_are_read_whole() -> None:
    """All 23 figures of the file stand in it, and they contradict neither each other nor a year."""
    figures = hangzhou()
    content = json.loads(HANGZHOU_2023.read_text("utf-8"))
    assert [(one.key, one.value) for one in figures.expected] == [
        (one["key"], one["value"]) for one in content["figures"]
    ]
    assert figures.completed_by == dt.date(2023, 11, 30)
    assert figures.as_of == dt.date(2023, 12, 28)
    assert figures.matching == 73
    possible.check(figures, TODAY)


@pytest.mark.parametrize(
    ("relation", "value", "fitting", "other"),
    [
        ("exact", 104, [104, 104.0], [103, 105, None, True]),
        ("at_least", 0.7, [0.7, 73 / 104, 1.0], [72 / 104, None]),
        ("rounded_to_100", 47900, [47850, 47863, 47949], [47849, 47950, None]),
    ],
)
def test_a_figure_fits_as_its_relation_says(
    relation: str, value: float, fitting: list[Any], other: list[Any]
) -> None:
    """以上 includes the number itself; 4.79万 is anything that rounds to it."""
    expected = Expected("some.key", value, relation)
    assert all(expected.fits(actual) for actual in fitting)
    assert not any(expected.fits(actual) for actual in other)
    assert expected.fits(expected.target) or relation == "at_least"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"ballot__present": 31}, "实到不能多于应到"),
        ({"ballot__present": 19}, "不足法定人数"),
        ({"ballot__chosen": 7}, "ballot.chosen is 7 of 6"),
        ({"supervision__projects": 5}, "项目均由票决产生"),
        ({"supervision__sub_items": 3}, "每个项目至少一个子项"),
        ({"supervision__sub_items_completed_by_2022_10_31": 10}, "完成数不能多于子项数"),
        ({"supervision__groups": 5}, "至多一个监督小组"),
        ({"intake__suggestion_aspects": 15}, "方面数不能多于建议条数"),
        ({"intake__deputy_suggestions": 0, "intake__suggestion_aspects": 0}, "分母为零"),
        ({"intake__suggestions_matching_voted_share": 0.51}, "no whole number of 14"),
        ({"supervision__week__attendances": 15}, "人次不能少于人数"),
        ({"supervision__week__city_deputies": 31}, "参加人数不能多于代表总数"),
        (
            {"supervision__week__city_deputies": 0, "supervision__week__district_deputies": 0},
            "有人次而无人",
        ),
        ({"supervision__online__projects_covered": 5}, "不能多于项目总数"),
        ({"supervision__online__projects_covered": 0}, "须同时存在"),
        ({"supervision__online__opinions_handled_and_replied": 10}, "处理并回复数"),
    ],
)
def test_an_impossible_combination_is_told_in_one_line(
    changes: dict[str, Any], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything is started, with the figures that contradict each other."""
    file = written(tmp_path, data(**changes))
    with pytest.raises(BadFigures, match="数字互相矛盾") as caught:
        possible.check(read(file), TODAY)
    assert told in str(caught.value) and "\n" not in str(caught.value)
    assert main(["--figures", str(file), "--folder", str(tmp_path / "demo")]) == 2
    assert not (tmp_path / "demo").exists()
    assert told in capsys.readouterr().out.replace("\n", "")


def test_a_year_that_is_not_over_cannot_be_replayed() -> None:
    """What has not happened yet cannot be recorded."""
    with pytest.raises(BadFigures, match="must be over"):
        possible.check(small(), dt.date(2023, 1, 30))
    possible.check(small(), dt.date(2023, 1, 31))


def test_a_district_has_no_districts() -> None:
    """Deputies of congresses below need a city."""
    content = data()
    content["jurisdiction"]["code"] = "330106"
    with pytest.raises(BadFigures, match="has no districts"):
        possible.check(of_data(content), TODAY)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"key": "ballot.roll", "value": 31}, "stands twice"),
        ({"key": "ballot.rolls", "value": 31}, "no such figure"),
        ({"key": "supervision.sub_items_completed_by_2022_09_30", "value": 1}, "one supervision"),
        ({"key": "declared.x", "value": 150, "relation": "rounded_to_100"}, "not rounded to 100"),
        ({"key": "declared.x", "value": -1}, "from 0"),
        ({"key": "declared.x", "value": "1"}, "from 0"),
        ({"key": "declared.x", "value": 1.5}, "whole number"),
        ({"key": "declared.x", "value": 1, "relation": "about"}, "relation must be"),
    ],
)
def test_a_malformed_figure_is_told(change: dict[str, Any], told: str) -> None:
    """With its key and what is wrong."""
    content = data()
    content["figures"].append(change)
    with pytest.raises(BadFigures, match=told):
        of_data(content)


def test_a_missing_figure_and_a_file_that_is_none_are_told(tmp_path: Path) -> None:
    """A file that lacks one, one that is not JSON, and one that is not there."""
    content = data()
    content["figures"] = [f for f in content["figures"] if f["key"] != "ballot.roll"]
    with pytest.raises(BadFigures, match=r"ballot\.roll: is missing"):
        of_data(content)
    file = tmp_path / "no.json"
    with pytest.raises(BadFigures, match="cannot be read"):
        read(file)
    file.write_text("{", "utf-8")
    with pytest.raises(BadFigures, match="is not JSON"):
        read(file)
    with pytest.raises(BadFigures, match="not a figures file"):
        of_data([])


def test_the_comparison_shows_every_expected_figure() -> None:
    """What the API did not answer is missing, what it answers beside them is left out."""
    rows = compare(hangzhou(), [{"key": "ballot.roll", "value": 511}, {"key": "x", "value": 1}])
    assert len(rows) == 23
    assert [row.expected.key for row in rows if row.fits] == ["ballot.roll"]
    assert {row.row() for row in rows} >= {
        ("ballot.roll", "511", "511", "✓"),
        ("intake.suggestions_matching_voted_share", "≥ 0.7", "—", "✗"),
        ("declared.elderly_care_warnings", "≈ 47,900", "— (申报 declared)", "✗"),
    }
