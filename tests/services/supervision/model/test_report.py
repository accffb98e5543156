"""The text of the annual report: its order, its marks, and that each number in it is counted."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from dataclasses import replace
from typing import Any

import pytest

from services.supervision.model.report import records as r
from services.supervision.model.report.charts import draw
from services.supervision.model.report.evidence import Evidence
from services.supervision.model.report.figures import compute
from services.supervision.model.report.markdown import plain, to_markdown
from services.supervision.model.report.narrative import (
    LookBack,
    Meeting,
    Narrative,
    Passage,
    Rectified,
    Score,
)
from services.supervision.model.report.text import write
from services.supervision.model.report.wording import (
    ADDED,
    day,
    number,
    numeral,
    percent,
)

from . import sample
from .sample import D

RECORDED = dt.datetime(2023, 12, 20, tzinfo=dt.UTC)


def passage(section: str, heading: str, text: str, on: str = "2023-12-01", **more: str) -> Passage:
    """A recorded passage."""
    return Passage(section, heading, text, more.get("project_id"), D(on), RECORDED)


def narrative() -> Narrative:
    """What the text needs beside the figures."""
    return Narrative(
        title="(合成)2023年监督情况的报告",
        units={"u1": "(合成)民生局"},
        meetings=[
            Meeting("kick-off", "部署会", D("2023-03-01")),
            Meeting("regular", "例会", D("2023-04-01")),
            Meeting("regular", "例会", D("2023-07-01")),
            Meeting("report-meeting", "工作情况报告会", D("2023-08-15")),
            Meeting("standing-committee", "(合成)第十四次会议", D("2023-10-20")),
            Meeting("standing-committee", "(合成)第十五次会议", D("2023-12-26")),
            Meeting("standing-committee", "(合成)第十六次会议", D("2024-02-20")),
        ],
        look_backs=[
            LookBack("旧市场", 2021, "运行良好", True, D("2023-09-01")),
            LookBack("旧食堂", 2020, "已停用", False, D("2023-09-02")),
            LookBack("更旧的", 2019, "上年看过", True, D("2022-09-02")),
        ],
        passages=[
            passage("work", "全年部署", "(合成)年初部署,全年推进。"),
            passage("evaluation", "覆盖面扩大", "(合成)第一段。\n第二段。", "2023-12-02"),
            passage("evaluation", "先写的", "(合成)先写的在前。", project_id="p1"),
            passage("recommendation", "早作安排", "(合成)建议及早安排。"),
            passage("recommendation", "明年再说", "不应出现", "2024-01-05"),
        ],
        scores=[
            Score(
                2023,
                4,
                3,
                "(合成)测评办法",
                (
                    {
                        "name": "(合成)项目一",
                        "counts": {"satisfied": 2, "basically-satisfied": 1, "dissatisfied": 0},
                        "denominator": 3,
                        "top1": "2/3",
                        "top2": "3/3",
                        "grade": "satisfied",
                    },
                ),
                D("2023-12-20"),
            )
        ],
    )


def report(records: r.Records | None = None, told: Narrative | None = None) -> str:
    """The text for the sample year."""
    evidence = Evidence(records or sample.records(), sample.QUESTION)
    written = write(evidence, compute(evidence), told or narrative())
    return to_markdown(written, "2023/charts/{key}.svg")


def test_the_parts_stand_in_the_order_of_such_reports() -> None:
    """Title, meeting line, the three parts with their sections, the closing words."""
    text = report()
    marks = [
        "# (合成)2023年监督情况的报告",
        "(2023年12月26日在(合成)第十五次会议上)",
        "## 一、监督工作情况",
        "### (一)统筹",
        "### (二)全周期",
        "### (三)代表日常",
        "## 二、关于项目总体评价",
        "### (一)先写的",
        "### (二)覆盖面扩大",
        "## 三、意见建议",
        "### (一)早作安排",
        "以上报告,请予审议。",
        f"## 附录:数字口径{ADDED}",
    ]
    places = [text.index(mark) for mark in marks]
    assert places == sorted(places)


def test_evaluation_and_recommendations_are_the_recorded_texts() -> None:
    """They come by day, with their paragraphs and the project they speak of; later ones wait."""
    text = report()
    assert "(合成)第一段。\n\n第二段。" in text
    assert "(所涉项目:(合成)项目一)\n\n(合成)先写的在前。" in text
    assert "不应出现" not in text


def test_every_figure_stands_in_the_text_with_its_definition() -> None:
    """The appendix lists each figure's value, definition and fingerprint."""
    text = report()
    for figure in compute(Evidence(sample.records(), sample.QUESTION)):
        assert plain(figure.key) in text
        assert figure.definition_zh in text
        assert figure.hash[:16] in text


def test_what_the_paper_report_lacks_is_marked() -> None:
    """Ballot counts and method, open opinions, denominators and scores carry the mark."""
    text = report()
    assert f"{ADDED}票决会议应到代表4名,实到2名;候选项目3项,确定2项。" in text
    assert f"{ADDED}票决办法:《(合成)票决办法》" in text
    assert "| (合成)项目c3 | 1 | 5 | 1 | 0 | 未确定 | 达到要求,但得票较少 |" in text
    assert f"{ADDED}尚待处理或答复的有3条" in text
    assert "50.0%(2/4)" in text
    assert f"{ADDED}满意度测评:应参加代表4名,收回3份;测评办法:《(合成)测评办法》" in text
    assert "| (合成)项目一 | 2 | 1 | 0 | 3 | 66.7%(2/3) | 100.0%(3/3) | 满意 |" in text


def test_what_look_backs_did_to_a_score_stands_beside_what_was_counted() -> None:
    """The rate and the grade before and after, and how many lines were touched."""
    told = narrative()
    item = told.scores[0].items[0] | {
        "grade": "basically-satisfied",
        "counted_grade": "satisfied",
        "adjusted": {"top1": "31/60"},
        "look_backs": ["b"],
    }
    scores = [replace(told.scores[0], items=(item,))]
    text = report(told=replace(told, scores=scores))
    assert "往年项目“回头看”的结果影响其中1项" in text
    assert "66.7%(2/3),回头看后为51.7%(31/60) | 100.0%(3/3) | 基本满意(计票为满意) |" in text
    assert "回头看后" not in report()


def told_by_groups() -> Score:
    """A score of deputies, a sample and volunteers, with a line below and what follows."""
    base = narrative().scores[0]
    item = base.items[0] | {"item_id": "p1", "composite": "17809/25200"}
    bounds = {"measure": "top1", "low": "2/4", "high": "3/4"}
    deputies = {"item_id": "p1", "top1": "2/3", "denominator": 3, "bounds": bounds}
    sure = {"measure": "top1", "confidence": "0.95", "low": 0.649, "high": 0.773}
    sampled = {"item_id": "p1", "top1": "143/200", "denominator": 200, "interval": sure}
    passing = {"item_id": "p1", "top1": "4/5", "denominator": 5}
    group = {"weight": None, "issued": None}
    return replace(
        base,
        id="q1",
        items=(item,),
        groups=(
            group
            | {"group": "all-deputies", "name": "全体代表", "sampling": "census"}
            | {"eligible": 4, "returned": 3, "items": [deputies], "weight": "3/5"},
            group
            | {"group": "households", "name": "入户抽样(合成)", "sampling": "sample"}
            | {"eligible": 9600, "issued": 300, "returned": 200, "items": [sampled]},
            group
            | {"group": "residents", "name": "扫码(合成)", "sampling": "open"}
            | {"eligible": None, "returned": 5, "items": [passing]},
        ),
        projects=(
            {"project_id": "p1", "name": "(合成)项目一", "measure": "top1"}
            | {"composite": "17809/25200", "grade": None},
        ),
        overall={"measure": "top1", "composite": "17809/25200", "grade": "satisfied"},
        consequences=(
            {"item_id": "p1", "name": "(合成)项目一", "measure": "top1", "percent": "70.67"}
            | {"below": "4/5", "inclusive": False, "grade": None, "times": 1}
            | {"then": ["rectify", "assess-again"]},
        ),
    )


def steps(*told: tuple[str, str]) -> tuple[dict[str, Any], ...]:
    """Steps of a rectification task."""
    return tuple({"kind": kind, "happened_on": on} for kind, on in told)


def test_each_group_stands_there_with_its_own_base() -> None:
    """A census with bounds, a sample with its interval, volunteers with neither; then the whole."""
    text = report(told=replace(narrative(), scores=[told_by_groups()]))
    assert "| 全体代表 | 全体(普查) | 4 | — | 3 | 75.0%(3/4) | 60.0% |" in text
    assert "| 入户抽样(合成) | 抽样 | 9600 | 300 | 200 | 66.7%(200/300) | — |" in text
    assert "| 扫码(合成) | 自愿参加,不推断总体 | — | — | 5 | — | — |" in text
    assert "66.7%(2/3);界限50.0%至75.0%" in text
    assert "71.5%(143/200);95%置信区间64.9%至77.3%" in text
    assert "| 80.0%(4/5) | 70.7% |" in text
    assert f"{ADDED}总体满意率:70.7%,等次为满意。" in text


def test_where_nobody_knows_how_many_may_answer_it_says_so() -> None:
    """Volunteers came by an open link alone: no number is made up for them."""
    first, *others = told_by_groups().groups
    volunteers = first | {"group": "residents", "name": "扫码居民(合成)", "eligible": None}
    told = replace(told_by_groups(), eligible=None, groups=(volunteers, *others))
    text = report(told=replace(narrative(), scores=[told]))
    assert f"{ADDED}满意度测评:扫码居民(合成)应参加人数不详,收回3份" in text


def test_a_weighted_share_is_told_as_such_and_a_sure_one_without_bounds() -> None:
    """Its numbers are not those of the forms; where everybody answered nothing is unsure."""
    score = told_by_groups()
    weighted, sure = (dict(one["items"][0]) for one in (score.groups[1], score.groups[0]))
    weighted["top1"], sure["bounds"] = "11230523/16758000", sure["bounds"] | {"high": "2/4"}
    groups = [dict(one) for one in score.groups]
    groups[1]["items"], groups[0]["items"] = [weighted], [sure]
    text = report(told=replace(narrative(), scores=[replace(score, groups=tuple(groups))]))
    assert "| 66.7%(2/3) | 加权67.0%(200份);95%置信区间64.9%至77.3% |" in text


def test_the_year_before_stands_beside_the_whole() -> None:
    """The last year's first assessment, if it has a whole, and its method."""
    last = replace(
        told_by_groups(),
        year=2022,
        id="q0",
        overall={"measure": "top1"} | {"composite": "4/5", "grade": None},
        happened_on=D("2022-12-20"),
    )
    text = report(told=replace(narrative(), scores=[told_by_groups(), last]))
    assert "总体满意率:70.7%,等次为满意;上年为80.0%(测评办法:《(合成)测评办法》)。" in text
    assert text.count("满意度测评:应参加代表4名") == 1


@pytest.mark.parametrize(
    ("told", "standing"),
    [
        ((), "(合成)民生局:整改中"),
        ([("report", "2023-12-21")], "(合成)民生局:2023年12月21日已报告,待确认"),
        (
            [("report", "2023-12-21"), ("return", "2023-12-22")],
            "(合成)民生局:2023年12月22日报告退回,继续整改",
        ),
        (
            [("extension", "2023-12-20"), ("report", "2023-12-21"), ("confirmation", "2023-12-23")],
            "(合成)民生局:2023年12月23日确认整改到位",
        ),
        (
            [("report", "2023-12-21"), ("confirmation", "2024-01-23")],
            "(合成)民生局:2023年12月21日已报告,待确认",
        ),
    ],
)
def test_what_fell_below_stands_there_with_how_far_it_has_come(
    told: list[tuple[str, str]], standing: str
) -> None:
    """As of the day of the report; another assessment's task is another one."""
    tasks = [Rectified(of, of, "p1", "u1", steps(*told), D("2023-12-20")) for of in ("q1", "q2")]
    said = replace(narrative(), scores=[told_by_groups()], rectifications=tasks[:1])
    line = "| (合成)项目一 | 满意率70.67% | 不低于80.0% | 第1次 | 限期整改、再次测评 |"
    assert f"{line} {standing} |" in report(told=said)
    assert f"{line} — |" in report(told=replace(said, rectifications=tasks[1:]))


def test_a_repeated_assessment_stands_beside_the_one_before() -> None:
    """It is called so, and the chart shows the first one."""
    again = replace(
        told_by_groups(),
        id="q3",
        follows="q1",
        items=(told_by_groups().items[0] | {"composite": "9/10", "top1": "3/3"},),
        happened_on=D("2023-12-26"),
    )
    said = replace(narrative(), scores=[again, told_by_groups()])
    text = report(told=said)
    assert text.index("本系统补充」满意度测评") < text.index("本系统补充」再次满意度测评")
    assert "再次测评与前次相比:“(合成)项目一”由70.7%变为90.0%。" in text
    evidence = Evidence(sample.records(), sample.QUESTION)
    (chart,) = [c for c in draw(evidence, compute(evidence), said) if c.key == "satisfaction"]
    assert next((one.name, one.values) for one in chart.series) == ("满意率", (66.7,))
    assert ("综合", (70.7,)) in [(one.name, one.values) for one in chart.series]


def test_progress_shows_what_stands_and_the_day_of_completion() -> None:
    """Replaced entries do not show; what is complete later than asked for shows its day."""
    text = report()
    assert "| (合成)项目一 | (合成)民生局 | 子项一 | 100家 | 120家 | 2023年10月25日 |" in text
    assert "| 子项二 | 愿接尽接 | 100% | 2023年11月30日 |" in text
    assert "| 子项三 | 7.5公里 | 7.5公里 | 2023年12月20日 |" in text


def test_meetings_and_look_backs_of_the_year_are_told() -> None:
    """Days of the year's meetings; each look-back with its finding, and how many are effective."""
    text = report()
    assert "当年召开工作例会2次(2023年4月1日、2023年7月1日)。" in text
    assert "2023年8月15日召开工作情况报告会" in text
    assert "“回头看”2项,其中持续发挥效用的1项" in text
    assert "2020年“旧食堂”:已停用" in text
    assert "更旧的" not in text


def test_declared_indicators_are_said_to_be_declared() -> None:
    """The unit that declares is named; the number is not passed off as a record."""
    assert "(非本系统记录):(合成)民生局申报“预警”90。" in report()


@pytest.mark.parametrize(
    ("kind", "id_", "fields", "was", "becomes"),
    [
        ("problems", "m2", {"visit_id": None}, "记录问题2个", "记录问题1个"),
        ("groups", "g2", {"project_id": "p0"}, "监督小组2个", "监督小组1个"),
        ("opinions", "o2", {"replied_on": D("2023-07-01")}, "答复的有3条", "答复的有2条"),
        ("progress", "i2-2", {"share": 0.9}, "达到目标的子项有2个", "达到目标的子项有1个"),
    ],
)
def test_the_sentences_follow_the_records(
    kind: str, id_: str, fields: dict[str, object], was: str, becomes: str
) -> None:
    """When one record changes, the number in the sentence changes."""
    assert was in report()
    assert becomes in report(sample.change(sample.records(), kind, id_, **fields))


def test_numbers_of_the_sentences_are_counted_ones() -> None:
    """Without records no number but nought and the question's dates is left in the sentences."""
    text = report(r.Records(), Narrative(title="空"))
    body = text[: text.index("## 附录")]
    body = re.sub(r"[0-9]{4}年([0-9]{1,2}月[0-9]{1,2}日)?", "", body)
    assert set(re.findall(r"[0-9]+", body)) == {"0"}
    assert "尚未收到当年的票决结果" in body
    assert "与票决确定的子项尚无可对照的建议" in body
    assert "尚未收到当年的满意度测评结果" in body
    assert body.count("尚未记录本部分的文本") == 2


def test_words_of_others_cannot_change_the_documents_structure() -> None:
    """Headings, tables and markup in recorded words come out as plain text."""
    told = dataclasses.replace(
        narrative(), passages=[passage("evaluation", "a\n## b", "# 标题\n<script>|x|\n1. 甲\n- 乙")]
    )
    text = report(told=told)
    assert "### (一)a \\#\\# b\n" in text
    assert "\n\\# 标题\n" in text
    assert "\\<script\\>\\|x\\|" in text
    assert "\n1\\. 甲\n" in text
    assert "\n\\- 乙\n" in text


def test_numerals_days_numbers_and_shares_are_written_as_reports_write_them() -> None:
    """Small rules of wording."""
    assert [numeral(n) for n in (1, 10, 11, 20, 35)] == ["一", "十", "十一", "二十", "三十五"]
    assert day(D("2023-08-05")) == "2023年8月5日"
    assert [number(n) for n in (100.0, 7.5, 3)] == ["100", "7.5", "3"]
    assert [percent(73, 104), percent(0, 0)] == ["70.2%(73/104)", "无"]
    assert plain(" 两\n行 ") == "两 行"
