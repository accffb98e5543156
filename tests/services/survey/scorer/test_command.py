"""``minsheng survey score``: a method, a table of counts, no server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook

from services.survey.cli import survey
from services.survey.methods import shipped

EXAMPLES = Path(__file__).parents[4] / "docs" / "examples" / "survey"
HEAD = "测评项目,满意,基本满意,不满意,收回票数\n"


def run(*words: str | Path) -> Result:
    """Run the command as somebody in a terminal does."""
    return CliRunner().invoke(survey, [str(word) for word in words])


def scored(method: str | Path, tally: Path, *more: str) -> dict[str, Any]:
    """The score as data."""
    found = run("score", "--method", method, "--tally", tally, "--json", *more)
    assert found.exit_code == 0, found.output
    data: dict[str, Any] = json.loads(found.stdout)
    return data


def written(folder: Path, name: str, content: str | dict[str, Any]) -> Path:
    """A file of text or JSON."""
    file = folder / name
    file.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return file


def test_published_figures_come_out() -> None:
    """Lushan and Zhanyi, from their counts in CSV and JSON."""
    lushan = scored("lushan-2021", EXAMPLES / "lushan-2021.csv")
    assert [one["top1"]["percent"] for one in lushan["items"]] == ["99.21", "96.83"]
    zhanyi = scored("zhanyi-2019", EXAMPLES / "zhanyi-2019.json")
    shares = [one["percent"] for one in zhanyi["items"][1]["shares"].values()]
    assert shares == ["71.43", "25.00", "3.57"]


def test_nothing_is_made_up_about_what_was_published() -> None:
    """Who was asked in Lushan and Zhanyi, of how many and when, is not known, and not said."""
    for method, file in (("lushan-2021", "lushan-2021.csv"), ("zhanyi-2019", "zhanyi-2019.json")):
        (group,) = scored(method, EXAMPLES / file)["groups"]
        assert (group["group"], group["name"]) == ("respondents", "参评者")
        assert group["eligible"] is None and group["present"] is None
        assert "as_of" not in (EXAMPLES / file).read_text("utf-8")
    assert "未由代表测评" in shipped("zhenhai-2013-government")["title"]


def test_a_workbook_is_read_as_the_csv() -> None:
    """The same rows as XLSX give the same score."""
    options = ("--as-of", "2023-12-20")
    csv = scored("zhenhai-2022", EXAMPLES / "zhenhai-2022.csv", *options)
    xlsx = scored("zhenhai-2022", EXAMPLES / "zhenhai-2022.xlsx", *options)
    assert csv["items"] == xlsx["items"]
    assert [one["grade"] for one in csv["items"]] == ["satisfied", "satisfied", "dissatisfied"]


def test_tables_and_steps_in_both_languages() -> None:
    """The page says each step in Chinese, or in English."""
    command = ("score", "--method", "zhenhai-2022", "--tally", EXAMPLES / "zhenhai-2022.csv")
    chinese, english = run(*command), run(*command, "--language", "en")
    assert (chinese.exit_code, english.exit_code) == (0, 0)
    assert "满意率 = 满意 ÷ 应参评人数 = 21 ÷ 40 = 52.50%" in chinese.stdout
    assert "rate of satisfied = satisfied ÷ all who may answer = 21 ÷ 40 = 52.50%" in english.stdout
    assert "计算说明" in chinese.stdout and "Step by step" in english.stdout


def test_groups_by_name_and_weights() -> None:
    """The government's survey: groups by their Chinese names, 60/30/10."""
    data = scored("zhenhai-2013-government", EXAMPLES / "government-2013.csv")
    assert [one["group"] for one in data["groups"]] == ["households", "leading-bodies", "online"]
    assert data["items"][0]["composite"]["percent"] == "85.05"


def test_projects_and_what_follows() -> None:
    """Sub-items below the line are told, and projects carry their names."""
    data = scored("default", EXAMPLES / "sub-items.csv")
    assert [one["name"] for one in data["projects"]] == ["老旧小区改造(合成)", "养老服务(合成)"]
    assert [one["then"] for one in data["consequences"]] == [["rectify"], ["rectify"]]
    assert data["overall"]["composite"]["percent"] == "81.71"


def test_look_backs_and_dimensions_from_files(tmp_path: Path) -> None:
    """A method of one's own, with two dimensions and look-backs, and failures from before."""
    shown = json.loads(run("methods", "default").stdout)
    shown["parameters"] |= {
        "dimensions": [{"code": "effect", "weight": "1/2"}, {"code": "speed", "weight": "1/2"}],
        "groups": [
            {"group": "all-deputies", "name_zh": "代表", "weight": "1/2"},
            {
                "group": "look-back",
                "name_zh": "回头看",
                "weight": "1/2",
                "source": "look-back",
                "points": {"effective": "100", "partly-effective": "60", "not-effective": "0"},
            },
        ],
        "thresholds": [
            {
                "of": "project",
                "measure": "composite",
                "below": "4/5",
                "then": ["self-criticism"],
                "after": 2,
            }
        ],
    }
    method = written(tmp_path, "method.json", shown)
    sheet = (
        "测评主体,测评项目,维度,选项,票数\n"
        "代表,,,收回票数,4\n"
        "代表,甲,effect,满意,3\n代表,甲,effect,不满意,1\n"
        "代表,甲,speed,满意,4\n"
        "回头看,甲,,部分有效,\n"
    )
    data = scored(method, written(tmp_path, "t.csv", sheet))
    assert data["items"][0]["composite"]["percent"] == "73.75"
    assert data["consequences"] == []
    marks = {"effect": {"satisfied": 3, "dissatisfied": 1}, "speed": {"satisfied": 4}}
    tally = {
        "groups": [
            {"group": "代表", "returned": 4, "items": [{"item": "甲", "dimensions": marks}]}
        ],
        "look_backs": [{"item": "甲", "finding": "partly-effective"}],
        "failures": {"甲": 1},
    }
    again = scored(method, written(tmp_path, "t.json", tally))
    assert again["items"][0]["composite"]["value"] == data["items"][0]["composite"]["value"]
    assert [one["times"] for one in again["consequences"]] == [2]


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        (HEAD + "甲,3,1,0,3\n", "counts-impossible"),
        ("测评项目,满意\n甲,3\n", "counts-impossible"),
        (HEAD + "甲,3,1,0.5,9\n", "counts-malformed"),
        (HEAD + "甲,3,1,-1,9\n", "counts-malformed"),
        (HEAD + "甲,3,1,0,9\n甲,3,1,0,9\n", "counts-malformed"),
        (HEAD + "甲,3,1,0,9\n乙,3,1,0,8\n", "counts-malformed"),
        (HEAD + ",3,1,0,9\n", "counts-malformed"),
        ("测评项目,选项,票数\n甲,很满意,3\n", "counts-malformed"),
        ("测评项目,很满意\n甲,3\n", "sheet-columns"),
        (HEAD, "counts-impossible"),
        ("", "sheet-empty"),
        ("测评项目,满意,应参评人数,收回票数\n甲,3,8,9\n", "counts-impossible"),
        ("测评项目,参与方式,满意,收回票数\n甲,全体,3,9\n乙,抽样,3,9\n", "counts-malformed"),
    ],
)
def test_counts_that_cannot_be_are_refused_in_one_line(
    tmp_path: Path, sheet: str, said: str
) -> None:
    """Exit code 2, one line, and nothing printed that looks like a score."""
    found = run("score", "--method", "zhanyi-2019", "--tally", written(tmp_path, "t.csv", sheet))
    assert (found.exit_code, found.stdout) == (2, "")
    assert found.stderr.startswith(said) and found.stderr.count("\n") == 1


TALLY: dict[str, Any] = {
    "groups": [{"returned": 3, "items": [{"item": "甲", "counts": {"satisfied": 3}}]}]
}


@pytest.mark.parametrize(
    ("tally", "said"),
    [
        ("{", "json-malformed"),
        ("[]", "json-malformed"),
        ({"groups": []}, "counts-malformed"),
        ({"groups": [{"items": [{"item": "甲", "counts": {"great": 1}}]}]}, "counts-malformed"),
        (
            {"groups": [{"items": [{"item": "甲", "counts": {"satisfied": -1}}]}]},
            "counts-malformed",
        ),
        ({"groups": [{"returned": 3, "items": [{"item": "甲"}]}]}, "counts-malformed"),
        (TALLY | {"failures": {"乙": 1}}, "counts-impossible"),
        (TALLY | {"look_backs": [{"item": "乙", "finding": "effective"}]}, "counts-impossible"),
    ],
)
def test_json_that_is_no_tally_is_refused(tmp_path: Path, tally: Any, said: str) -> None:
    """With the place, in one line."""
    file = written(tmp_path, "t.json", tally)
    found = run("score", "--method", "zhanyi-2019", "--tally", file)
    assert (found.exit_code, found.stderr.count("\n")) == (2, 1)
    assert found.stderr.startswith(said)


@pytest.mark.parametrize(
    ("method", "said"),
    [
        ("nowhere", "method-unknown"),
        ({"parameters": {"options": []}}, "method-malformed"),
        ({"weights": "1"}, "method-malformed"),
    ],
)
def test_methods_that_are_none_are_refused(tmp_path: Path, method: Any, said: str) -> None:
    """A name that is not shipped, and a file that is no method."""
    named = method if isinstance(method, str) else written(tmp_path, "m.json", method)
    found = run("score", "--method", named, "--tally", EXAMPLES / "zhanyi-2019.json")
    assert (found.exit_code, found.stderr.count("\n")) == (2, 1)
    assert found.stderr.startswith(said)


def test_weights_that_do_not_sum_are_refused(tmp_path: Path) -> None:
    """Where and how much they are, in both languages."""
    data = json.loads(run("methods", "zhenhai-2013-government").stdout)
    data["parameters"]["groups"][0]["weight"] = "50/100"
    method = written(tmp_path, "m.json", data)
    command = ("score", "--method", method, "--tally", EXAMPLES / "government-2013.csv")
    found = run(*command, "--language", "en")
    assert found.exit_code == 2
    assert "the weights sum to 9/10 and must sum to 1" in found.stderr


def test_what_cannot_be_made_is_said_after_what_can(tmp_path: Path) -> None:
    """A group without answers: the others' rates are printed, no composite, exit code 2."""
    text = (EXAMPLES / "government-2013.csv").read_text("utf-8")
    lacking = "".join(line for line in text.splitlines(True) if not line.startswith("网上"))
    found = run(
        "score",
        "--method",
        "zhenhai-2013-government",
        "--tally",
        written(tmp_path, "t.csv", lacking),
    )
    assert found.exit_code == 2
    assert "85.71" in found.stdout and "85.05" not in found.stdout
    assert found.stderr.startswith("group-missing")


def test_unknown_groups_are_refused(tmp_path: Path) -> None:
    """A group that the method does not know is a slip of the pen."""
    sheet = "测评主体," + HEAD + "居民,甲,3,1,0,9\n"
    command = ("score", "--method", "zhenhai-2013-government", "--tally")
    found = run(*command, written(tmp_path, "t.csv", sheet))
    assert found.exit_code == 2 and "households" in found.stderr


def test_methods_are_listed() -> None:
    """Each with its title; an unknown one is refused."""
    listed = run("methods").stdout
    assert "zhenhai-2022\t" in listed and "default\t" in listed
    assert run("methods", "nowhere").exit_code == 2


def test_a_workbook_with_a_formula_is_refused(tmp_path: Path) -> None:
    """Counts are values: a formula could say something else tomorrow."""
    book = Workbook()
    sheet = book.active
    sheet.append(["测评项目", "满意", "收回票数"])
    sheet.append(["甲", "=1+2", 9])
    book.save(tmp_path / "t.xlsx")
    found = run("score", "--method", "zhanyi-2019", "--tally", tmp_path / "t.xlsx")
    assert found.exit_code == 2 and "formula" in found.stderr
