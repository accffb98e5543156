"""Every figure goes down to its records, and has last year's beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from services.commons.errors import Conflict, Invalid, NotFound
from services.supervision.service import SupervisionService

from ...harness import Harness
from .year import DISTRICT, OWN, Year

AS_OF = "2023-12-27"


@pytest.fixture
def year(serve: Callable[[Any], Harness]) -> Year:
    """A year with a project, a visit of the week, opinions, a check and an indicator."""
    made = Year(serve(SupervisionService))
    project, _ = made.vote("(合成)甲", "(合成)乙")
    own, below = made.deputy(OWN), made.deputy(DISTRICT)
    week = made.week()
    visit = made.call("record_visit", activity_id=week, project_id=project, kind="research")
    for deputy in (own, below):
        made.call("attend_visit", visit["id"], deputy_id=deputy)
    made.call("record_problem", project_id=project, visit_id=visit["id"], text="(合成)")
    said = {"project_id": project, "deputy_id": own, "text": "(合成)"}
    for channel in ("week", "online", "online"):
        made.call("raise_opinion", channel=channel, **said)
    made.call("check_online", deputy_id=own, project_id=project)
    body = {"year": 2023, "key": "warnings", "name": "预警", "unit_of_measure": "warning"}
    declared = made.call("define_indicator", **body, declared_by=made.unit)
    made.call("declare_indicator", declared["id"], month="2023-04", value=5)
    made.call("define_report", year=2023, title="(合成)报告", completed_by="2023-11-30")
    return made


def figures(year: Year, of: int = 2023, as_of: str = AS_OF) -> dict[str, dict[str, Any]]:
    """The figures by key."""
    found = year.service.call("get_report_figures", of, {"as_of": as_of})
    return {figure["key"]: figure for figure in found["figures"]}


def records(year: Year, key: str, limit: int = 200) -> list[dict[str, Any]]:
    """All records behind a figure, page by page."""
    asked: dict[str, Any] = {"as_of": AS_OF, "limit": str(limit)}
    found: list[dict[str, Any]] = []
    while True:
        page = year.service.call("list_report_figure_records", 2023, key, asked)
        found += page["items"]
        if page["next"] is None:
            return found
        asked["cursor"] = page["next"]


def test_a_reader_makes_every_hash_again_from_the_answers_alone(year: Year) -> None:
    """The lines of all pages, joined by line feeds, hash to the figure's hash."""
    paged = "supervision.online.city_deputies"
    counted = {key: one for key, one in figures(year).items() if one["counted"]}
    assert len(counted) > 10
    for key, figure in counted.items():
        found = records(year, key, limit=1 if key == paged else 200)
        lines = [record["line"] for record in found]
        assert hashlib.sha256("\n".join(lines).encode()).hexdigest() == figure["hash"]
        assert len(lines) == figure["counted"]
        assert all(one["line"].startswith(one["id"]) for one in found)


def test_records_of_several_kinds_say_which_they_are(year: Year) -> None:
    """Who was online checked a project or raised an opinion; attendances name their visit."""
    kinds = [one["kind"] for one in records(year, "supervision.online.city_deputies")]
    assert sorted(kinds) == ["online-check", "opinion", "opinion"]
    (visit,) = year.service.call("list_visits", {})["items"]
    assert {one["of"] for one in records(year, "supervision.week.attendances")} == {visit["id"]}
    assert visit["project_id"] in {one["of"] for one in records(year, "supervision.sub_items")}
    (entry,) = records(year, "declared.warnings")
    assert entry["of"] == year.service.call("list_indicators", {})["items"][0]["id"]


def test_pages_of_what_has_changed_are_told(year: Year) -> None:
    """A record that comes between two pages would make the hash of neither state."""
    asked = {"as_of": AS_OF, "limit": "1"}
    key = "supervision.online.opinions"
    first = year.service.call("list_report_figure_records", 2023, key, asked)
    (one, *_) = year.service.call("list_opinions", {"channel": "online"})["items"]
    year.call(
        "raise_opinion",
        project_id=one["project_id"],
        deputy_id=one["deputy_id"],
        channel="online",
        text="(合成)",
    )
    with pytest.raises(Conflict, match="figure-changed"):
        year.service.call(
            "list_report_figure_records", 2023, key, asked | {"cursor": first["next"]}
        )


def test_the_rates_of_opinions_are_those_of_their_own_register(year: Year) -> None:
    """Responded, solved and satisfied are counted once: both places say the same."""
    one = year.service.call("list_opinions", {})["items"][0]
    answer = {"unit_id": year.unit, "text": "(合成)", "happened_on": "2023-06-01"}
    year.call("reply_to_opinion", one["id"], **answer)
    asked = {"register": "opinion", "year": "2023", "on": AS_OF}
    rates = year.service.call("get_matter_rates", asked)["total"]
    found = figures(year)
    for name in ("responded", "solved", "satisfied", "talked", "published"):
        figure = found[f"supervision.opinions.{name}_share"]
        told = rates[name]["part"], rates[name]["whole"]
        assert (figure["numerator"], figure["denominator"]) == told
    assert found["supervision.opinions.responded_share"]["numerator"] == 1


def test_the_report_is_a_document_with_charts(year: Year) -> None:
    """Markdown names the charts' places; each chart is there as data; others are not found."""
    asked = {"as_of": AS_OF}
    report = year.service.call("get_report", 2023, asked)
    assert report["charts"] == ["ballot", "completion", "months"]
    for key in report["charts"]:
        assert f"](2023/charts/{key}.svg?as_of=2023-12-27)" in report["markdown"]
        assert year.service.call("get_report_chart", 2023, key, asked)["key"] == key
    with pytest.raises(NotFound):
        year.service.call("get_report_chart", 2023, "years", asked)
    document = year.service.call("get_report_document", 2023, asked)["document"]
    headings = [one["heading"]["text"] for one in document["blocks"] if one.get("heading")]
    assert headings[0] == "一、监督工作情况" and headings[-1].startswith("附录:数字口径")


def test_unknown_figures_and_cursors_are_refused(year: Year) -> None:
    """No key of the year, no report of the year, a cursor that nobody gave."""
    call = year.service.call
    for of, key in ((2023, "no.such"), (2022, "supervision.projects")):
        with pytest.raises(NotFound):
            call("list_report_figure_records", of, key, {})
    for cursor in ("x", "WzEsMl0"):
        with pytest.raises((Invalid, Conflict)):
            call("list_report_figure_records", 2023, "supervision.projects", {"cursor": cursor})


def test_last_year_stands_beside_where_it_has_projects(year: Year) -> None:
    """The same figure as of the same day a year earlier, and how much more it is now."""
    assert figures(year)["supervision.projects"]["previous"] is None
    year.vote("(合成)次年一", "(合成)次年二", "(合成)次年三", year=2024)
    year.call("define_report", year=2024, title="(合成)报告", completed_by="2024-11-30")
    found = figures(year, 2024, "2024-12-20")
    projects = found["supervision.projects"]
    assert (projects["value"], projects["previous"]["value"], projects["difference"]) == (3, 2, 1)
    done = found["supervision.sub_items_completed_by_2024_11_30"]
    assert done["previous"]["key"] == "supervision.sub_items_completed_by_2023_11_30"
    # As of early 2024, the opinions of May 2023 had not been raised in early 2023.
    report = year.service.call("get_report", 2024, {"as_of": "2024-12-20"})
    assert "## 附表:与上年比较" in report["markdown"] and report["charts"][-1] == "years"
    assert "| 线上意见建议 | 0 | 2 | -2 |" in report["markdown"]
    early = figures(year, 2024, "2024-03-01")["supervision.online.opinions"]
    assert (early["previous"]["value"], early["difference"]) == (0, 0)
