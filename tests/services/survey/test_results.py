"""What comes out of an assessment: files, charts, comparisons, comments, what follows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from services.commons.aggregate import new_id
from services.commons.charts import Chart, to_svg
from services.commons.errors import Conflict, Invalid, NotFound
from services.commons.sheets import Table
from services.survey.service import SurveyService

from ...harness import Harness, example
from . import sampled
from .cycle import (
    DEPUTY,
    DRAFTED,
    adopted_method,
    answer,
    close,
    decision,
    form,
    hear_deputy,
    hear_project,
    opened,
    publish,
)
from .samples import parameters

#: Below four fifths satisfied a sub-item must be rectified and is assessed again.
LINE = {
    "of": "sub-item",
    "measure": "top1",
    "below": "4/5",
    "inclusive": False,
    "then": ["rectify", "assess-again"],
    "days": 60,
}
COMMENTED = [
    {"code": "grade", "kind": "grade", "per": "item", "text": {"zh-CN": "您的评价"}},
    {"code": "why", "kind": "text", "per": "once", "text": {"zh-CN": "意见建议"}},
]


@pytest.fixture
def survey(serve: Callable[[Any], Harness]) -> Harness:
    """The service, which has heard of a project with two sub-items."""
    harness = serve(SurveyService)
    hear_project(harness)
    return harness


def failed(survey: Harness, deputies: list[str], **changed: Any) -> dict[str, Any]:
    """A published questionnaire in which the last line fell below the line."""
    method = adopted_method(survey, parameters=parameters(thresholds=[LINE]))
    questionnaire = opened(survey, method=method, **changed)
    lines = len(questionnaire["items"])
    for deputy in deputies:
        marks = ["satisfied"] * (lines - 1) + ["dissatisfied"]
        answer(survey, questionnaire, deputy, *marks)
    close(survey, questionnaire)
    publish(survey, questionnaire)
    return questionnaire


def test_what_fell_below_must_be_rectified(survey: Harness) -> None:
    """One requirement with its event; what supervision tells of the task stands at it."""
    questionnaire = failed(survey, [hear_deputy(survey) for _ in range(2)])
    (required,) = survey.call("list_requirements", questionnaire["id"], {}, roles=())["items"]
    assert required["item_id"] == questionnaire["items"][-1]["item_id"]
    assert (required["value"], required["line"], required["times"]) == ("0/2", "4/5", 1)
    assert (required["due_in"], required["rectification"]) == ({"days": 60}, None)
    (event,) = survey.events("rectification.required.v1")
    assert event.subject == required["id"] and event.data["item_id"] == required["item_id"]
    for name, version in (("confirmed", 3), ("reported", 2)):
        told = example("supervision", f"rectification.{name}.v1") | {
            "id": required["id"],
            "requirement_id": required["id"],
        }
        survey.deliver(f"supervision.rectification.{name}.v1", told, version=version)
    found = survey.call("get_requirement", required["id"], roles=())
    assert found["rectification"]["state"] == "confirmed"


def test_a_second_assessment_asks_what_failed_and_counts_on(survey: Harness) -> None:
    """Without lines of its own it takes those that failed; both stand beside one another."""
    deputies = [hear_deputy(survey) for _ in range(2)]
    first = failed(survey, deputies)
    second = failed(survey, deputies, follows=first["id"])
    assert [one["item_id"] for one in second["items"]] == [first["items"][-1]["item_id"]]
    (required,) = survey.call("list_requirements", second["id"], {})["items"]
    assert required["times"] == 2
    third = opened(survey, method=adopted_method(survey), follows=second["id"])
    for deputy in deputies:
        answer(survey, third, deputy, "satisfied")
    close(survey, third)
    publish(survey, third)
    assert survey.call("list_requirements", third["id"], {})["items"] == []
    again = survey.call("get_comparison", third["id"], roles=())["again"]
    (line,) = again["items"]
    assert (line["before"]["top1"]["percent"], line["after"]["top1"]["percent"]) == (
        "0.00",
        "100.00",
    )
    assert {"denominator"} <= {one["code"] for one in again["differences"]}


def test_years_and_congresses_stand_beside_one_another(survey: Harness) -> None:
    """What was made by another method says so; what another deployment published is heard."""
    hear_deputy(survey)
    method = adopted_method(survey)
    scores = []
    hear_project(survey, id=new_id(), year=2022)
    for year in (2022, 2023):
        questionnaire = opened(survey, method=method, year=year)
        scores.append(questionnaire)
        close_answered(survey, questionnaire)
    told = survey.events("score.published.v1")[-1].data
    other = told | {"id": new_id(), "congress": "330106", "title": "西湖区测评(合成)"}
    survey.deliver("survey.score.published.v1", other, version=4, jurisdiction="330106")
    survey.deliver("survey.score.published.v1", told, version=9)  # its own comes back: nothing
    older = {k: v for k, v in other.items() if k not in ("parameters", "groups")}
    older |= {"id": new_id(), "congress": "330108"}
    survey.deliver("survey.score.published.v1", older, version=2, jurisdiction="330108")
    found = survey.call("get_comparison", scores[1]["id"], roles=())
    assert [(one["year"], one["comparable"]) for one in found["years"]] == [
        (2023, True),
        (2022, True),
    ]
    assert [(one["congress"], one["comparable"]) for one in found["congresses"]] == [
        ("330100", True),
        ("330106", True),
        ("330108", False),
    ]
    keys = [one["key"] for one in survey.call("list_score_charts", scores[1]["id"])["items"]]
    assert keys == ["grades-all-deputies", "years", "congresses"]
    chart = Chart.from_data(survey.call("get_score_chart", scores[1]["id"], "congresses"))
    assert "330108(不可比)" in to_svg(chart)
    with pytest.raises(NotFound):
        survey.call("get_score_chart", scores[1]["id"], "unknown")


def close_answered(survey: Harness, questionnaire: dict[str, Any]) -> None:
    """Let the deputies on the roll answer; close and publish."""
    roll = survey.call("get_outstanding", questionnaire["audience_id"])["deputy_ids"]
    for deputy in roll:
        answer(survey, questionnaire, deputy, "satisfied")
    close(survey, questionnaire)
    publish(survey, questionnaire)


def test_another_deployment_cannot_change_what_one_published(survey: Harness) -> None:
    """A score belongs to the source that told it first."""
    told = example("survey", "score.published.v1") | {"id": new_id(), "congress": "330106"}
    survey.deliver("survey.score.published.v1", told, version=1, jurisdiction="330106")
    with pytest.raises(Invalid):
        survey.deliver("survey.score.published.v1", told, version=2, jurisdiction="330108")


def test_the_files_hold_what_the_score_says(survey: Harness) -> None:
    """Every count of every line, and a sheet for each part."""
    deputies = [hear_deputy(survey) for _ in range(3)]
    questionnaire = opened(survey)
    for deputy, mark in zip(deputies, ("satisfied", "satisfied", None), strict=True):
        answer(survey, questionnaire, deputy, mark)
    close(survey, questionnaire)
    found = survey.call("get_score_tables", questionnaire["id"], roles=("clerk",))
    counts = Table.from_data(found["counts"])
    assert [n for n in counts.column("number") if n] == [2, 1] * len(questionnaire["items"])
    assert [one["key"] for one in found["sheets"]][:3] == ["items", "groups", "projects"]


def test_comments_are_grouped_reviewed_and_released(survey: Harness) -> None:
    """By what they say; only a reviewed one is public, with the score, and can be taken back."""
    deputies = [hear_deputy(survey) for _ in range(3)]
    questionnaire = opened(survey, questions=COMMENTED)
    said = ["电梯太慢,请打13800000000", "电梯太慢,请打13800000000。", "路灯很亮"]
    for deputy, text in zip(deputies, said, strict=True):
        body = form(questionnaire, "satisfied")
        body["answers"].append({"question": "why", "value": text})
        to = questionnaire["audience_id"]
        survey.call("answer_questionnaire", to, body, roles=DEPUTY, subject=deputy)
    close(survey, questionnaire)
    page = survey.call("list_comment_groups", questionnaire["id"], {"limit": "1"})
    (first,) = page["items"]
    assert (first["count"], first["question_text"], first["personal"]) == (
        2,
        "意见建议",
        ["mobile"],
    )
    rest = survey.call("list_comment_groups", questionnaire["id"], {"cursor": page["next"]})
    assert [one["text"] for one in rest["items"]] == ["路灯很亮"] and rest["next"] is None
    body = {name: first[name] for name in ("key", "group", "text")}
    body["happened_on"] = "2023-12-11"
    with pytest.raises(Invalid):
        survey.call("release_comment", questionnaire["id"], body)
    body["text"] = first["suggested"]
    released = survey.call("release_comment", questionnaire["id"], body)
    with pytest.raises(Conflict):
        survey.call("release_comment", questionnaire["id"], body)
    with pytest.raises(NotFound):
        survey.call("release_comment", questionnaire["id"], body | {"group": "0" * 24})
    with pytest.raises(NotFound):
        survey.call("list_published_comments", questionnaire["id"], {}, roles=())
    survey.call("publish_score", questionnaire["id"], decision())
    (public,) = survey.call("list_published_comments", questionnaire["id"], {}, roles=())["items"]
    assert (public["text"], public["count"]) == ("电梯太慢,请打■■■", 2)
    assert "group" not in public
    gone = {"reason": "复核(合成)", "happened_on": "2023-12-13"}
    survey.call("withdraw_comment", released["id"], gone)
    assert survey.call("list_published_comments", questionnaire["id"], {})["items"] == []


def test_what_a_hand_changed_in_the_records_is_told_with_the_score(survey: Harness) -> None:
    """And the figures stand as they are counted, for people to judge."""
    deputy = hear_deputy(survey)
    questionnaire = opened(survey)
    answer(survey, questionnaire, deputy, "satisfied")
    close(survey, questionnaire)
    assert survey.call("get_score", questionnaire["id"])["notices"] == []
    table = survey.metadata.tables["cell_tallies"]
    with survey.engine.begin() as connection:
        connection.execute(sa.update(table).values(seal="0" * 64))
    (notice,) = survey.call("get_score", questionnaire["id"])["notices"]
    assert (notice["kind"], notice["audience"]) == ("seal", "全体代表(合成)")


def test_a_burst_and_straight_lined_forms_are_told_with_the_score(survey: Harness) -> None:
    """Twenty forms on one day, one on each of two others, all of them with one mark throughout."""
    (line, *_) = example("supervision", "project.adopted.v1")["sub_items"]
    hear_project(survey, id=new_id(), sub_items=[line | {"id": new_id()}])
    questionnaire = sampled.opened(
        survey, *sampled.drafted(survey, group="residents", channel="open", sampling="open")
    )
    body = {"label": "合成小区", "happened_on": DRAFTED}
    code = survey.call("open_link", questionnaire["audience_id"], body)["code"]
    for day in ("2023-12-02", "2023-12-03", *["2023-12-05"] * 20):
        sampled.answer(survey, questionnaire, "satisfied", link=code, happened_on=day)
    close(survey, questionnaire)
    notices = survey.call("get_score", questionnaire["id"])["notices"]
    assert {one["kind"]: one["number"] for one in notices} == {"straight-lined": 22, "burst": 20}
