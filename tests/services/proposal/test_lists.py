"""Lists on both databases: filtered, sorted, searched; and counts with their definitions."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from services.commons.errors import Invalid
from services.proposal.model.statistics import GROUPINGS, Share
from services.proposal.service import ProposalService

from ...harness import Harness
from .intake import enrolled

YEAR = {"year": "2023"}
DEPUTY, OTHER = str(uuid.UUID(int=1, version=4)), str(uuid.UUID(int=2, version=4))


def submit(proposal: Harness, **changes: Any) -> dict[str, Any]:
    """A suggestion."""
    body = {
        "year": 2023,
        "author_kind": "resident",
        "channel": "site",
        "aspect": "elderly-care",
        "title": "增设老年食堂(合成)",
        "text": "合成文本",
        "place": {"division": "330106"},
        "happened_on": "2022-11-01",
    }
    made: dict[str, Any] = proposal.call("submit_suggestion", body | changes)
    return made


def enrol(proposal: Harness, deputy: str, delegation: str) -> None:
    """A deputy of this congress, as ballot tells it."""
    mandate = {"congress": "330100", "level": "city", "delegation": delegation}
    data = {"id": deputy, "mandates": [mandate], "enrolled_on": "2022-02-01"}
    proposal.deliver("ballot.deputy.enrolled.v1", data)


@pytest.fixture
def proposal(serve: Callable[[Any], Harness]) -> Harness:
    """Six suggestions that differ."""
    harness = serve(ProposalService)
    harness.call("define_aspect", {"code": "elderly-care", "name": "养老"})
    harness.call("define_aspect", {"code": "traffic", "name": "交通"})
    enrol(harness, DEPUTY, "示例代表团")
    enrol(harness, OTHER, "另一代表团")
    submit(harness, title="一 老年食堂", text="食堂 价格")
    submit(harness, title="二 停车位", aspect="traffic", happened_on="2022-11-05")
    submit(harness, title="三 老年大学", place={"division": "330205"}, channel="hotline")
    submit(harness, title="四 加装电梯", place=None, happened_on="2022-12-01")
    submit(harness, title="五 代表", author_kind="deputy", deputy_id=DEPUTY, channel="session")
    submit(harness, title="六 另一代表", author_kind="deputy", deputy_id=OTHER, channel="session")
    return harness


def titles(proposal: Harness, **params: str) -> str:
    """The first signs of the titles of a list."""
    items = proposal.call("list_suggestions", params)["items"]
    return "".join(sorted(one["title"][0] for one in items))


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({}, "一三二五六四"),
        ({"aspect": "traffic"}, "二"),
        ({"channel": "hotline"}, "三"),
        ({"division": "3301"}, "一二五六"),
        ({"division": "33"}, "一三二五六"),
        ({"division": "330205"}, "三"),
        ({"deputy": DEPUTY}, "五"),
        ({"delegation": "示例代表团"}, "五"),
        ({"delegation": "别的团"}, ""),
        ({"author_kind": "deputy"}, "五六"),
        ({"from": "2022-11-05"}, "二四"),
        ({"to": "2022-11-04"}, "一三五六"),
        ({"from": "2022-11-05", "to": "2022-11-05"}, "二"),
        ({"q": "老年 食堂"}, "一"),
        ({"q": "老年\u3000价格"}, "一"),
        ({"q": "老年"}, "一三"),
        ({"q": "食堂 停车"}, ""),
        ({"round": DEPUTY}, ""),
        ({"activity": DEPUTY}, ""),
        ({"overdue": "true"}, ""),
        ({"overdue": "false", "aspect": "traffic"}, "二"),
        ({"matched": "yes"}, ""),
        ({"matched": "open"}, ""),
        ({"year": "2024"}, ""),
    ],
)
def test_a_filter_gives_what_it_says(proposal: Harness, params: dict[str, str], found: str) -> None:
    """Each alone and with others."""
    assert titles(proposal, **params) == "".join(sorted(found))


@pytest.mark.parametrize(
    "params",
    [
        {"sort": "text"},
        {"sort": "--title"},
        {"division": "3"},
        {"division": "33%"},
        {"from": "yesterday"},
        {"overdue": "1"},
        {"matched": "perhaps"},
        {"deputy": "she"},
        {"since": "2022-11-01"},
    ],
)
def test_a_filter_that_means_nothing_is_refused(proposal: Harness, params: dict[str, str]) -> None:
    """With its name as the place."""
    with pytest.raises(Invalid) as caught:
        proposal.call("list_suggestions", params)
    assert caught.value.errors[0]["pointer"] == f"/{next(iter(params))}"


@pytest.mark.parametrize("name", ["happened_on", "recorded_at", "supporters", "title", "id"])
@pytest.mark.parametrize("sign", ["", "-"])
def test_a_list_is_sorted_as_asked_page_by_page(proposal: Harness, name: str, sign: str) -> None:
    """Every row once."""
    whole = proposal.call("list_suggestions", {"sort": sign + name})["items"]
    seen: list[Any] = []
    params: dict[str, str] = {"sort": sign + name, "limit": "2"}
    while True:
        page = proposal.call("list_suggestions", params)
        seen += page["items"]
        if page["next"] is None:
            break
        params["cursor"] = page["next"]
    assert seen == whole and len(seen) == 6
    days = [one["happened_on"] for one in whole]
    if name == "happened_on":
        assert days == sorted(days, reverse=bool(sign))


def test_overdue_is_what_was_not_answered_by_its_day(proposal: Harness) -> None:
    """The deadline began when it was accepted, years ago."""
    found = proposal.call("list_suggestions", {"q": "停车位"})["items"][0]
    sorting = {"outcome": "accepted", "happened_on": "2022-12-05"}
    proposal.call("sort_suggestion", found["id"], sorting)
    assert titles(proposal, overdue="true") == "二"
    assert titles(proposal, overdue="false") == "".join(sorted("一三五六四"))


def test_the_longest_titles_fit_into_a_cursor(proposal: Harness) -> None:
    """A list that is sorted by them goes on to its end."""
    for sign in "甲乙":
        submit(proposal, title=sign + "\U00020bb7" * 119)
    params = {"sort": "-title", "limit": "1"}
    for _ in range(7):
        params["cursor"] = proposal.call("list_suggestions", params)["next"]
    assert proposal.call("list_suggestions", params)["next"] is None


def test_units_projects_and_candidates_are_searched_and_sorted(proposal: Harness) -> None:
    """By words, and in both directions."""
    names = ["交通局(合成)", "民政局(合成)", "公交集团(合成)"]
    units = [
        proposal.call("register_unit", {"name": name, "kind": kind})
        for name, kind in zip(names, ("department", "department", "company"), strict=True)
    ]
    found = proposal.call("list_units", {"q": "交 合成", "sort": "-recorded_at"})["items"]
    assert [one["name"] for one in found] == [names[2], names[0]]
    assert len(proposal.call("list_units", {"kind": "company"})["items"]) == 1
    for number, unit in enumerate(units):
        body = {
            "year": 2023,
            "name": f"候选 {number}(合成)",
            "description": "合成",
            "aspect": "traffic",
            "lead_unit_id": unit["id"],
            "budget": {"total_yuan": 10 - number, "year_yuan": 1, "funding_source": "财政"},
            "due_on": "2023-12-31",
            "sub_items": [{"name": "泊位", "target": 1, "unit_of_measure": "个"}],
            "happened_on": f"2022-12-1{number}",
        }
        proposal.call("propose_candidate", body, roles=("government", "recorder"))
    listed = proposal.call("list_candidates", {"sort": "total_yuan"})["items"]
    assert [one["name"][3] for one in listed] == ["2", "1", "0"]
    for params, number in (
        ({"lead_unit_id": units[1]["id"]}, 1),
        ({"q": "候选 2"}, 1),
        ({"from": "2022-12-11"}, 2),
        ({"aspect": "elderly-care"}, 0),
        ({"year": "2023"}, 3),
    ):
        assert len(proposal.call("list_candidates", params)["items"]) == number
    assert proposal.call("list_suggested_projects", {"q": "无", "sort": "-title"})["items"] == []


def pages(proposal: Harness, method: str, **params: str) -> list[Any]:
    """A whole list, two rows at a time."""
    seen: list[Any] = []
    asked = {"limit": "2"} | params
    while True:
        page = proposal.call(method, asked)
        seen += page["items"]
        if page["next"] is None:
            return seen
        asked["cursor"] = page["next"]


def found(proposal: Harness, method: str, by: str, **params: str) -> list[Any]:
    """What a list gives, by one field; the same page by page."""
    whole = proposal.call(method, params)["items"]
    assert pages(proposal, method, **params) == whole
    return [one[by] for one in whole]


def test_pool_entries_are_searched_filtered_and_sorted(proposal: Harness) -> None:
    """By words in title or text, aspect, state, day."""
    for number, (title, aspect) in enumerate(
        [("丙 停车", "traffic"), ("甲 食堂", "elderly-care"), ("乙 公交", "traffic")]
    ):
        body = {"title": title, "text": f"合成{number}", "aspect": aspect}
        proposal.call("add_pool_entry", body | {"happened_on": f"2022-12-1{number}"})
    for params, titles in (
        ({}, "丙甲乙"),
        ({"q": "合成1"}, "甲"),
        ({"q": "停 车"}, "丙"),
        ({"aspect": "traffic", "sort": "-added_on"}, "乙丙"),
        ({"state": "removed"}, ""),
        ({"from": "2022-12-11", "to": "2022-12-11"}, "甲"),
    ):
        got = found(proposal, "list_pool_entries", "title", **params)
        assert "".join(one[0] for one in got) == titles
    for name in ("added_on", "recorded_at", "title", "id"):
        for sign in ("", "-"):
            assert len(found(proposal, "list_pool_entries", "id", sort=sign + name)) == 3


def test_rounds_and_aspects_are_searched_filtered_and_sorted(proposal: Harness) -> None:
    """By name, kind and year."""
    for year, kind, name in (
        (2023, "standing", "常年"),
        (2023, "concentrated", "集中 甲"),
        (2024, "concentrated", "集中 乙"),
    ):
        days = {"starts_on": f"{year - 1}-10-01", "ends_on": f"{year - 1}-12-31"}
        proposal.call("open_round", {"year": year, "kind": kind, "name": name, **days})
    names = ["集中 甲", "集中 乙"]
    for params, expected in (
        ({"q": "集中", "sort": "starts_on"}, names),
        ({"kind": "concentrated", "sort": "-starts_on"}, names[::-1]),
        ({"kind": "concentrated", "year": "2023"}, names[:1]),
        ({"q": "无"}, []),
    ):
        assert found(proposal, "list_rounds", "name", **params) == expected
    for sort in ("recorded_at", "-name", "id"):
        assert len(found(proposal, "list_rounds", "id", sort=sort)) == 3
    proposal.call("define_aspect", {"code": "health", "name": "卫生健康"})
    assert found(proposal, "list_aspects", "code") == ["elderly-care", "health", "traffic"]
    assert found(proposal, "list_aspects", "code", sort="-code") == [
        "traffic",
        "health",
        "elderly-care",
    ]
    assert found(proposal, "list_aspects", "code", q="健康 卫生") == ["health"]
    for sort in ("name", "-recorded_at", "-id"):
        assert len(found(proposal, "list_aspects", "id", sort=sort)) == 3


def test_activities_are_searched_filtered_and_sorted(proposal: Harness) -> None:
    """By words, kind, organiser and day."""
    for day, kind, title in ((3, "thematic", "丙"), (1, "research", "甲"), (2, "research", "乙")):
        body = {
            "kind": kind,
            "title": f"{title}(合成)",
            "organiser_kind": "delegation",
            "organiser": f"第{day}代表团",
            "starts_on": f"2022-11-0{day}",
            "ends_on": "2022-11-09",
            "place": "示例街道",
            "text": "合成",
        }
        enrolled(proposal, f"第{day}代表团")
        proposal.call("hold_collection_activity", body)
    for params, titles in (
        ({}, "甲乙丙"),
        ({"sort": "-starts_on"}, "丙乙甲"),
        ({"q": "第2代表团 街道"}, "乙"),
        ({"kind": "thematic"}, "丙"),
        ({"organiser_kind": "group"}, ""),
        ({"from": "2022-11-02"}, "乙丙"),
    ):
        got = found(proposal, "list_collection_activities", "title", **params)
        assert "".join(one[0] for one in got) == titles
    for sort in ("title", "-recorded_at", "id"):
        assert len(found(proposal, "list_collection_activities", "id", sort=sort)) == 3


def test_overdue_is_filtered_and_sorted(proposal: Harness) -> None:
    """By the year and the aspect of what is not answered, suggestion or project."""
    made = {one["title"][0]: one["id"] for one in proposal.call("list_suggestions", {})["items"]}
    for title, day in (("一", "2022-12-05"), ("二", "2022-12-01")):
        proposal.call("sort_suggestion", made[title], {"outcome": "accepted", "happened_on": day})
    unit = proposal.call("register_unit", {"name": "示例局(合成)", "kind": "department"})["id"]
    project = {
        "year": 2024,
        "title": "泊位(合成)",
        "aspect": "traffic",
        "text": "合成",
        "suggestion_ids": [made["二"]],
        "happened_on": "2022-12-06",
    }
    project_id = proposal.call("distil_suggested_project", project)["id"]
    over = {"unit_id": unit, "happened_on": "2022-12-07"}
    proposal.call("hand_over_suggested_project", project_id, over)
    assert found(proposal, "list_suggested_projects", "id", unit_id=unit) == [project_id]
    assert found(proposal, "list_suggested_projects", "id", unit_id=project_id) == []
    everything = found(proposal, "list_overdue", "due_on", sort="due_on")
    assert everything == sorted(everything) and len(everything) == 3
    assert found(proposal, "list_overdue", "due_on", sort="-due_on") == everything[::-1]
    assert found(proposal, "list_overdue", "suggestion_id", aspect="elderly-care") == [made["一"]]
    assert len(found(proposal, "list_overdue", "id", aspect="traffic")) == 2
    assert found(proposal, "list_overdue", "project_id", year="2024") == [project_id]
    assert found(proposal, "list_overdue", "kind", year="2022", sort="-starts_on") == []
    assert len(found(proposal, "list_overdue", "id", unit_id=unit, sort="id")) == 2


def count(proposal: Harness, by: str, year: int = 2023) -> dict[Any, int]:
    """The groups of a statistic."""
    answer = proposal.call("count_suggestions", {"year": str(year), "by": by})
    assert answer["total"] == sum(group["count"] for group in answer["groups"])
    assert answer["definition"]["zh"] and answer["denominator"]["en"] and answer["as_of"]
    return {group["key"]: group["count"] for group in answer["groups"]}


def test_counts_add_up_in_every_grouping(proposal: Harness) -> None:
    """What a grouping does not apply to stands apart, and a deputy not known yet too."""
    assert count(proposal, "aspect") == {"elderly-care": 5, "traffic": 1}
    assert count(proposal, "channel") == {"site": 3, "session": 2, "hotline": 1}
    assert count(proposal, "division") == {"330106": 4, "330205": 1, None: 1}
    assert count(proposal, "round") == {None: 6}
    assert count(proposal, "delegation") == {"示例代表团": 1, "另一代表团": 1}
    deputies = proposal.metadata.tables["deputies"]
    with proposal.engine.begin() as connection:
        connection.execute(sa.delete(deputies).where(deputies.c.id == OTHER))
    assert count(proposal, "delegation") == {"示例代表团": 1, None: 1}
    assert count(proposal, "author_kind") == {"resident": 4, "deputy": 2}
    assert count(proposal, "state") == {"submitted": 6}
    assert count(proposal, "month") == {"2022-11": 5, "2022-12": 1}
    for by in GROUPINGS:
        assert count(proposal, by, 2024) == {}
    answer = proposal.call("count_suggestions", {"year": "2023", "by": "aspect"})
    assert answer["groups"][0] == {
        "key": "elderly-care", "name": "养老", "count": 5, "fraction": "5/6"
    }  # fmt: skip
    for bad in ({"year": "2023"}, {"by": "aspect"}, {"year": "2023", "by": "author"}):
        with pytest.raises(Invalid):
            proposal.call("count_suggestions", bad)


def test_withdrawn_ones_and_drafts_are_not_counted(proposal: Harness) -> None:
    """As the definition says."""
    table = proposal.metadata.tables["suggestions"]
    for state, title in (("draft", "一"), ("withdrawn", "二")):
        with proposal.engine.begin() as connection:
            changed = sa.update(table).where(table.c.title.startswith(title))
            connection.execute(changed.values(state=state))
    assert sum(count(proposal, "aspect").values()) == 4
    figures = proposal.call("count_matching", {"year": "2023"})["figures"]
    assert figures[0]["count"] == 4


def test_the_public_is_told_the_same_for_a_few_seconds(
    proposal: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often somebody asks without a token; who works with them is told the present."""
    asked = ("count_suggestions", {"year": "2023", "by": "aspect"}), ("count_matching", YEAR)
    first = [proposal.call(*one, roles=()) for one in asked]
    submit(proposal)
    assert [proposal.call(*one, roles=("resident",)) for one in asked] == first
    assert proposal.call(*asked[0])["total"] == first[0]["total"] + 1
    other = proposal.call("count_suggestions", {"year": "2023", "by": "state"}, roles=())
    assert other["total"] == first[0]["total"] + 1
    monkeypatch.setattr("services.proposal.service.statistics.FRESH", 0)
    assert proposal.call(*asked[0], roles=())["total"] == first[0]["total"] + 1
    assert proposal.call(*asked[1], roles=()) != first[1]


def test_matching_names_every_denominator(proposal: Harness) -> None:
    """Judged, accepted and all: three shares, each with the rule behind its wording."""
    sub_item = str(uuid.uuid4())
    table = proposal.metadata.tables["voted_sub_items"]
    with proposal.engine.begin() as connection:
        connection.execute(
            sa.insert(table).values(
                id=sub_item, project_id=sub_item, project_name="合成", name="合成", year=2023,
                certified_on=sa.func.current_date(), version=1,
            )
        )  # fmt: skip
    items = proposal.call("list_suggestions", {"sort": "title"})["items"]
    for one in items[:5]:
        sorting = {"outcome": "accepted", "happened_on": "2022-12-05"}
        proposal.call("sort_suggestion", one["id"], sorting)
    for one, matched in zip(items, (sub_item, sub_item, sub_item, None), strict=False):
        judgement = {"sub_item_id": matched, "happened_on": "2023-02-20"}
        proposal.call("match_suggestion", one["id"], judgement)
    answer = proposal.call("count_matching", {"year": "2023"})
    assert {f["name"]: f["count"] for f in answer["figures"]} == {
        "submitted": 6, "accepted": 5, "judged": 4, "matching": 3, "not_matching": 1,
        "not_judged": 1,
    }  # fmt: skip
    assert {s["denominator"]: (s["fraction"], s["wording"]) for s in answer["shares"]} == {
        "judged": ("3/4", "70%以上"),
        "accepted": ("3/5", "60%以上"),
        "submitted": ("3/6", "50%以上"),
    }
    assert answer["shares"][0]["threshold"] == {"share": "7/10", "inclusive": True}
    assert [len(proposal.call("list_suggestions", {"matched": m})["items"])
            for m in ("yes", "no", "open")] == [3, 1, 1]  # fmt: skip
    nobody = proposal.call("count_matching", {"year": "2024", "author_kind": "deputy"})
    assert [s["fraction"] for s in nobody["shares"]] == [None] * 3


@pytest.mark.parametrize(
    ("part", "whole", "percent", "wording"),
    [
        (73, 104, "70.1%", "70%以上"),
        (72, 104, "69.2%", "60%以上"),
        (7, 10, "70.0%", "70%以上"),
        (699, 1000, "69.9%", "60%以上"),
        (9999, 10000, "99.9%", "90%以上"),
        (5, 5, "100.0%", "100%"),
        (1, 20, "5.0%", "不足10%"),
        (0, 0, None, None),
    ],
)
def test_a_share_claims_no_more_than_it_has(
    part: int, whole: int, percent: str | None, wording: str | None
) -> None:
    """Cut off, never rounded up; 以上 includes the number itself."""
    share = Share(part, whole)
    assert (share.percent, share.wording) == (percent, wording)
    if share.threshold is not None:
        assert share.threshold.met_by(part, whole)
