"""The survey service on both databases: what its calls and events do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from services.commons.aggregate import new_id
from services.commons.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from services.survey.service import SurveyService

from ...harness import Harness, example
from .cycle import (
    CLOSES,
    DEPUTY,
    DRAFTED,
    adopted_method,
    answer,
    audience_body,
    close,
    decision,
    form,
    hear_deputy,
    hear_project,
    method_body,
    opened,
    plain,
    publish,
    questionnaire_body,
)
from .samples import parameters

STAFF = ("clerk", "secretariat", "auditor")


@pytest.fixture
def survey(serve: Callable[[Any], Harness]) -> Harness:
    """The service, which has heard of a project with two sub-items."""
    harness = serve(SurveyService)
    hear_project(harness)
    return harness


def test_from_method_to_published_score(survey: Harness) -> None:
    """The way through this service; the event says what the call says."""
    deputies = [hear_deputy(survey) for _ in range(5)]
    questionnaire = opened(survey)
    assert (questionnaire["eligible"], questionnaire["state"]) == (5, "open")
    assert [item["kind"] for item in questionnaire["items"]] == ["project", "sub-item", "sub-item"]
    for deputy, grade in zip(deputies, ["satisfied"] * 3 + ["dissatisfied"], strict=False):
        assert answer(survey, questionnaire, deputy, grade, "satisfied", None) == {"accepted": True}
    assert close(survey, questionnaire)["state"] == "closed"
    score = publish(survey, questionnaire)
    first, second, third = score["items"]
    assert (score["eligible"], score["returned"]) == (5, 4)
    assert score["rounding"] == {"places": 2, "rule": "half-up"}
    assert first["counts"] == {"satisfied": 3, "basically-satisfied": 0, "dissatisfied": 1}
    assert first["top1"] == {
        "name": "top1",
        "formula": {"zh-CN": "满意 ÷ 应参评人数", "en": "satisfied ÷ all who may answer"},
        "part": 3,
        "whole": 5,
        "value": "3/5",
        "percent": "60.00",
        "as_of": "2023-12-10",
    }
    assert second["shares"]["satisfied"]["percent"] == "80.00"
    assert (first["grade"], second["blank"], third["blank"]) == ("satisfied", 0, 4)
    (event,) = survey.events("score.published.v1")
    assert (event.subject, event.version) == (questionnaire["id"], score["version"])
    assert [item["counts"] for item in event.data["items"]] == [
        item["counts"] for item in score["items"]
    ]


def test_methods_are_kept_as_drafted_and_adopted_once(survey: Harness) -> None:
    """A method is read as it was written; a later one may name it; a second adoption is refused."""
    first = adopted_method(survey)
    second = survey.call("draft_assessment_method", method_body(supersedes=first))
    assert survey.call("get_assessment_method", second["id"]) == second
    assert second["parameters"] == method_body()["parameters"]
    listed = survey.call("list_assessment_methods", {})["items"]
    assert {one["id"] for one in listed} == {first, second["id"]}
    adoption = {"adopted_by": "主任会议(合成)", "happened_on": "2023-11-21"}
    with pytest.raises(Conflict):
        survey.call("adopt_assessment_method", first, adoption)
    with pytest.raises(Stale):
        survey.call("adopt_assessment_method", second["id"], adoption, expected_version=7)


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"supersedes": new_id()}, "/supersedes"),
        ({"parameters": parameters(rounding=7)}, "/parameters/rounding"),
        ({"parameters": parameters(denominator="attending")}, "/parameters/denominator"),
        ({"parameters": parameters(otherwise="good")}, "/parameters/otherwise"),
    ],
)
def test_bad_methods_are_refused_at_their_place(
    survey: Harness, changed: dict[str, Any], pointer: str
) -> None:
    """An unknown predecessor, a wrong shape, a contradiction: each with its place."""
    with pytest.raises(Invalid) as caught:
        survey.call("draft_assessment_method", method_body(**changed))
    assert [error["pointer"] for error in caught.value.errors] == [pointer]


def test_questionnaires_are_listed_by_year(survey: Harness) -> None:
    """A list of one year holds that year's."""
    hear_deputy(survey)
    questionnaire = opened(survey)
    assert survey.call("get_questionnaire", questionnaire["id"]) == plain(questionnaire)
    listed = survey.call("list_questionnaires", {"year": "2023"})["items"]
    assert listed == [plain(questionnaire)]
    assert survey.call("list_questionnaires", {"year": "2022"})["items"] == []


def test_an_unknown_method_is_refused_at_its_place(survey: Harness) -> None:
    """A questionnaire needs a method that exists."""
    hear_deputy(survey)
    with pytest.raises(Invalid) as caught:
        survey.call("draft_questionnaire", questionnaire_body(new_id()))
    assert caught.value.errors[0]["pointer"] == "/method_id"


def test_opening_waits_for_what_is_still_on_the_way(survey: Harness) -> None:
    """Before the register has arrived the opening is refused, and possible a moment later."""
    body = questionnaire_body(adopted_method(survey))
    drafted = survey.call("draft_questionnaire", body)
    survey.call("add_audience", drafted["id"], audience_body())
    day = {"happened_on": DRAFTED}
    with pytest.raises(Conflict) as caught:
        survey.call("open_questionnaire", drafted["id"], day)
    assert caught.value.code == "nobody-to-ask"
    hear_deputy(survey)
    assert survey.call("open_questionnaire", drafted["id"], day)["eligible"] == 1


def test_a_copy_takes_only_a_higher_version(survey: Harness) -> None:
    """Events out of order and twice leave the newest state."""
    hear_deputy(survey)
    hear_project(survey, name="新名(合成)", version=3)
    hear_project(survey, name="旧名(合成)", version=2)
    event = example("supervision", "look-back.recorded.v1")
    once = new_id()
    for _ in range(2):
        survey.deliver("supervision.look-back.recorded.v1", event, id_=once)
    questionnaire = opened(survey)
    assert questionnaire["items"][0]["name"] == "新名(合成)"
    assert [one["effective"] for one in questionnaire["look_backs"]] == [True]


def test_one_answer_and_a_harmless_repeat(survey: Harness) -> None:
    """The same key is a repeat; another answer is refused, and so is a stranger's."""
    deputy, other = hear_deputy(survey), hear_deputy(survey)
    questionnaire = opened(survey)
    for _ in range(2):
        assert answer(survey, questionnaire, deputy, "satisfied", key="key-00001")["accepted"]
    with pytest.raises(Conflict) as caught:
        answer(survey, questionnaire, deputy, "dissatisfied")
    assert caught.value.code == "already-answered"
    with pytest.raises(Invalid) as reused:
        answer(survey, questionnaire, other, "satisfied", key="key-00001")
    assert reused.value.code == "idempotency-key-reused"
    with pytest.raises(Forbidden):
        answer(survey, questionnaire, new_id(), "satisfied")
    close(survey, questionnaire)
    assert publish(survey, questionnaire)["items"][0]["counts"]["satisfied"] == 1


def test_the_first_form_under_a_key_stands(survey: Harness) -> None:
    """Nothing of a form is kept, so the same key is a repeat even with another form."""
    deputy = hear_deputy(survey)
    questionnaire = opened(survey)
    for grade in ("satisfied", "dissatisfied"):
        answer(survey, questionnaire, deputy, grade, key="key-00001")
    close(survey, questionnaire)
    counts = publish(survey, questionnaire)["items"][0]["counts"]
    assert (counts["satisfied"], counts["dissatisfied"]) == (1, 0)


def test_answers_side_by_side_are_all_counted(survey: Harness) -> None:
    """Deputies who answer at the same moment wait for one another; none is lost."""
    deputies = [hear_deputy(survey) for _ in range(12)]
    questionnaire = opened(survey)
    with ThreadPoolExecutor(4) as pool:
        answers = [
            pool.submit(answer, survey, questionnaire, deputy, "satisfied") for deputy in deputies
        ]
        assert all(one.result() == {"accepted": True} for one in answers)
    close(survey, questionnaire)
    score = publish(survey, questionnaire)
    assert [item["counts"]["satisfied"] for item in score["items"]] == [12, 12, 12]


def test_who_records_nothing_late_answers_today(survey: Harness) -> None:
    """Naming an earlier day does not help a deputy who comes after the last one."""
    deputy = hear_deputy(survey)
    today = dt.datetime.now(dt.UTC).date()
    week = [str(today - dt.timedelta(days=days)) for days in (9, 5, 2)]
    asked = {"happened_on": week[0], "opens_on": week[0], "closes_on": week[2]}
    questionnaire = opened(survey, asked, happened_on=week[0], on=week[0])
    body = form(questionnaire, "satisfied") | {"happened_on": week[2]}
    to, call = questionnaire["audience_id"], survey.call
    with pytest.raises(Conflict) as caught:
        call("answer_questionnaire", to, body, roles=DEPUTY[:1], subject=deputy)
    assert caught.value.code == "questionnaire-not-open"
    call("answer_questionnaire", to, body, roles=DEPUTY, subject=deputy)


def test_nothing_of_an_answer_is_told_while_it_runs(survey: Harness) -> None:
    """No call and no event tells a count, and the questionnaire does not change with answers."""
    deputies = [hear_deputy(survey) for _ in range(2)]
    questionnaire = opened(survey)
    answer(survey, questionnaire, deputies[0], "dissatisfied")
    assert survey.call("get_questionnaire", questionnaire["id"]) == plain(questionnaire)
    with pytest.raises(NotFound):
        survey.call("get_score", questionnaire["id"], roles=STAFF)
    with pytest.raises(Conflict):
        survey.call("publish_score", questionnaire["id"], decision())
    assert [event.type for event in survey.events()] == ["survey.questionnaire.opened.v1"]


def test_between_closing_and_publication_only_the_office_reads(survey: Harness) -> None:
    """Who prepares the publication sees the score after the closing, everybody after it."""
    deputy = hear_deputy(survey)
    questionnaire = opened(survey)
    answer(survey, questionnaire, deputy, "satisfied")
    close(survey, questionnaire)
    for roles in ((), DEPUTY, ("government",)):
        with pytest.raises(NotFound):
            survey.call("get_score", questionnaire["id"], roles=roles)
    prepared = survey.call("get_score", questionnaire["id"], roles=STAFF)
    assert prepared["state"] == "closed"
    assert publish(survey, questionnaire)["items"] == prepared["items"]


def test_no_answer_after_the_closing(survey: Harness) -> None:
    """Who comes after the closing is refused, on the last day too."""
    first, second = (hear_deputy(survey) for _ in range(2))
    questionnaire = opened(survey)
    answer(survey, questionnaire, first, "satisfied")
    body = {"happened_on": "2023-12-09"}
    with pytest.raises(Conflict) as caught:
        survey.call("close_questionnaire", questionnaire["id"], body)
    assert caught.value.code == "questionnaire-running"
    close(survey, questionnaire)
    with pytest.raises(Conflict):
        answer(survey, questionnaire, second, "satisfied")
    with pytest.raises(Conflict):
        survey.call("close_questionnaire", questionnaire["id"], {"happened_on": CLOSES})


def test_a_bad_form_is_refused_without_its_marks(survey: Harness) -> None:
    """The places are named, the marks are not, and the deputy can still answer."""
    deputy = hear_deputy(survey)
    questionnaire = opened(survey)
    short = questionnaire | {"items": questionnaire["items"][:2]}
    for bad, grade in ((short, "dissatisfied"), (questionnaire, "delighted")):
        with pytest.raises(Invalid) as caught:
            answer(survey, bad, deputy, grade)
        assert caught.value.errors
        assert grade not in str(vars(caught.value))
    assert answer(survey, questionnaire, deputy, "dissatisfied") == {"accepted": True}


def test_what_does_not_exist_is_not_found(survey: Harness) -> None:
    """A well-formed id of nothing, and an id that is none."""
    for id_ in (new_id(), "x"):
        for method in ("get_questionnaire", "get_score", "get_assessment_method"):
            with pytest.raises(NotFound):
                survey.call(method, id_)
        with pytest.raises(NotFound):
            survey.call("close_questionnaire", id_, {"happened_on": CLOSES})


def test_a_look_back_changes_the_basis_and_the_score_says_why(survey: Harness) -> None:
    """What supervision found at a former project of the unit caps this year's grade by the rule."""
    deputy = hear_deputy(survey)
    shape = example("supervision", "project.adopted.v1")
    unit, former = shape["lead_unit_id"], new_id()
    items = [shape["sub_items"][0] | {"id": new_id()}]
    hear_project(survey, id=former, year=2021, name="旧(合成)", lead_unit_id=unit, sub_items=items)
    look_back = example("supervision", "look-back.recorded.v1") | {
        "id": new_id(),
        "project_id": former,
        "lead_unit_id": unit,
        "project_year": 2021,
        "effective": False,
    }
    survey.deliver("supervision.look-back.recorded.v1", look_back)
    rule = {
        "years": 3,
        "consequences": [
            {"finding": "not-effective", "effect": "again"},
            {
                "finding": "not-effective",
                "effect": "cap",
                "over": "unit",
                "grade": "basically-satisfied",
            },
        ],
    }
    data = method_body()["parameters"] | {"look_back": rule}
    drafted = survey.call("draft_assessment_method", method_body(parameters=data))
    assert drafted["parameters"] == data
    adoption = {"adopted_by": "主任会议(合成)", "happened_on": "2023-11-20"}
    survey.call("adopt_assessment_method", drafted["id"], adoption)
    questionnaire = opened(survey, method=drafted["id"])
    assert [one["effect"] for one in questionnaire["basis"]] == ["again", "cap"]
    answer(survey, questionnaire, deputy, "satisfied")
    close(survey, questionnaire)
    score = publish(survey, questionnaire)
    lines = {item["name"]: item for item in score["items"] if item["kind"].endswith("project")}
    assert lines["旧(合成)"]["former_year"] == 2021
    assert lines["旧(合成)"]["grade"] == "satisfied"
    assert lines[shape["name"]]["grade"] == "basically-satisfied"
    assert lines[shape["name"]]["counted_grade"] == "satisfied"
    assert lines[shape["name"]]["look_backs"] == [look_back["id"]]
    (event,) = survey.events("score.published.v1")
    assert event.data["basis"] == score["basis"] == questionnaire["basis"]
