"""A score as charts."""

from __future__ import annotations

from xml.etree import ElementTree

from services.commons.charts import to_svg
from services.survey.model.comparison import comparison
from services.survey.model.result.charts import charts, compared

from ..test_comparison import told
from .sample import method, score


def test_each_group_has_its_bars() -> None:
    """One chart of the marks for each group, and one of the groups beside one another."""
    deputies, residents, beside, by_age = charts(score(), method())
    assert by_age.key == "stratum-residents-age"
    assert by_age.title.endswith("(按“您的年龄段”分层)")
    assert by_age.categories == ("60岁及以上", "18至35岁(未公布)")
    assert by_age.series[0].values == (85.0, None)
    assert (deputies.key, residents.key) == ("grades-all-deputies", "grades-residents")
    assert [one.name for one in deputies.series] == ["满意", "基本满意", "不满意"]
    assert deputies.series[0].values == (99.21, 96.83)
    assert [(one.name, one.values) for one in beside.series] == [
        ("全体代表", (99.21, 96.83)),
        ("居民", (75.0, 50.0)),
    ]


def test_hidden_lines_of_other_questions_hide_no_rate() -> None:
    """A reason that is not shown takes no bar away; a table without any bar is no chart."""
    told = score()
    first, second = told["breakdowns"][0]["cells"]
    first["items"].append({"question": "why", "counts": None})
    assert charts(told, method())[-1].series[0].values == (85.0, None)
    first["items"] = second["items"]
    assert [one.key for one in charts(told, method())][-1] == "groups"


def test_years_by_other_methods_are_marked() -> None:
    """A bar that is no comparison says so in its name, and in the words for who cannot see it."""
    first, like, other = told(2023), told(2022), told(2021, denominator="eligible")
    chart = compared("years", "各年度(合成)", comparison(first, [like, other], 2), by="year")
    assert chart.categories == ("2023年", "2022年", "2021年(不可比)")
    assert chart.series[0].values == (96.83, 96.83, 96.83)
    drawn = to_svg(chart)
    ElementTree.fromstring(drawn)
    assert "2021年(不可比)为96.83" in drawn
