"""Methods and scores through the service: groups, what follows, methods that are superseded."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from services.commons.errors import Conflict, Invalid
from services.survey.service import SurveyService
from tests.harness import Harness
from tests.services.survey.cycle import (
    adopted_method,
    answer,
    close,
    hear_deputy,
    hear_project,
    method_body,
    opened,
    publish,
)
from tests.services.survey.samples import THREE, parameters
from tests.services.survey.test_events import check

GROUPS = [
    {"group": "standing-committee", "name_zh": "常委会", "weight": "3/4"},
    {"group": "all-deputies", "name_zh": "代表", "weight": "1/4"},
]
LINES = [
    {"of": "sub-item", "measure": "composite", "below": "3/5", "then": ["rectify"], "days": 30},
    {
        "of": "sub-item",
        "measure": "composite",
        "below": "3/5",
        "then": ["report-again"],
        "after": 2,
    },
]
UPWARDS = {
    "project": {"from": "sub-items", "by": "mean"},
    "overall": {"from": "projects", "by": "lowest"},
}


@pytest.fixture
def survey(serve: Callable[[Any], Harness]) -> Harness:
    """The service, which has heard of a project with two sub-items."""
    harness = serve(SurveyService)
    hear_project(harness)
    return harness


def whole_method(survey: Harness) -> str:
    """Two groups, sub-items added up, a line; the marks have values."""
    given = parameters(
        options=[
            one | {"value": value} for one, value in zip(THREE, ("100", "60", "0"), strict=True)
        ],
        groups=GROUPS,
        aggregation=UPWARDS,
        thresholds=LINES,
    )
    return adopted_method(survey, parameters=given)


def asked(survey: Harness, method: str, **changed: Any) -> dict[str, Any]:
    """Four deputies of whom one is on the committee; the sub-items only; closed."""
    deputies = [hear_deputy(survey) for _ in range(4)]
    committee = {"group": "standing-committee", "deputies": deputies[:1], "kind": "named"}
    found = opened(survey, {}, committee, method=method, item_kinds=["sub-item"], **changed)
    bodies = survey.call("list_audiences", found["id"])["items"]
    on_committee = next(one["id"] for one in bodies if one["group"] == "standing-committee")
    answer(survey, found | {"audience_id": on_committee}, deputies[0], "dissatisfied", "satisfied")
    for deputy, grade in zip(deputies, ("satisfied", "satisfied", "dissatisfied"), strict=False):
        answer(survey, found, deputy, grade, "satisfied")
    close(survey, found)
    return found


def test_groups_projects_and_the_whole(survey: Harness) -> None:
    """Each group has its rates, the weights make one score; the event keeps its contract."""
    score = publish(survey, asked(survey, whole_method(survey)))
    assert [one["group"] for one in score["groups"]] == ["standing-committee", "all-deputies"]
    assert [one["returned"] for one in score["groups"]] == [1, 3]
    low, high = score["items"]
    # The committee leads: it is the first that the method weighs.
    assert (low["top1"]["value"], low["mean"]["value"]) == ("0/1", "0/100")
    assert Fraction(low["composite"]["value"]) == Fraction(1, 4) * Fraction(2, 3)
    assert Fraction(high["composite"]["value"]) == 1
    (project,) = score["projects"]
    assert Fraction(project["composite"]["value"]) == (Fraction(1, 6) + 1) / 2
    assert project["name"] and project["parts"] == [low["item_id"], high["item_id"]]
    assert score["overall"]["composite"]["value"] == project["composite"]["value"]
    (event,) = survey.events("score.published.v1")
    check("score.published.v1", event.data)
    told = event.data["items"][0]
    steps = survey.call("get_score_explanation", score["id"], roles=())["steps"]
    said = [one["says"]["zh-CN"] for one in steps]
    assert any("3/4 × 0/1 + 1/4 × 2/3" in one for one in said)
    assert (told["composite"], event.data["consequences"][0]["then"]) == ("1/6", ["rectify"])


def test_the_second_failure_is_counted_along_the_chain(survey: Harness) -> None:
    """What failed in the assessment before has failed twice, and more follows."""
    method = whole_method(survey)
    first = asked(survey, method)
    low = first["items"][0]["item_id"]
    once = publish(survey, first)["consequences"]
    assert [(one["times"], one["then"]) for one in once] == [(1, ["rectify"])]
    lines = [one["item_id"] for one in first["items"]]
    second = asked(survey, method, follows=first["id"], item_ids=lines)
    twice = publish(survey, second)["consequences"]
    assert [(one["item_id"], one["times"], one["then"]) for one in twice] == [
        (low, 2, ["rectify"]),
        (low, 2, ["report-again"]),
    ]


def test_a_superseded_method_opens_nothing(survey: Harness) -> None:
    """From the adoption of the new one on; before that day, and for who was asked, it goes on."""
    hear_deputy(survey)
    old = adopted_method(survey)
    new = survey.call("draft_assessment_method", method_body(supersedes=old))
    opened(survey, method=old)
    adoption = {"adopted_by": "主任会议(合成)", "happened_on": "2023-11-22"}
    survey.call("adopt_assessment_method", new["id"], adoption)
    with pytest.raises(Conflict) as refused:
        opened(survey, method=old)
    assert refused.value.code == "method-superseded" and new["id"] in refused.value.en


def test_dimensions_must_fit_the_form(survey: Harness) -> None:
    """A method of two dimensions cannot score the plain form: it is refused at the opening."""
    hear_deputy(survey)
    halves = [{"code": code, "weight": "1/2"} for code in ("effect", "speed")]
    method = adopted_method(survey, parameters=parameters(dimensions=halves))
    with pytest.raises(Conflict) as refused:
        opened(survey, method=method)
    assert refused.value.code == "dimensions-do-not-fit"


def test_weights_that_do_not_sum_are_refused_with_the_place(survey: Harness) -> None:
    """Nothing is drafted, and the body's place is named."""
    body = method_body(parameters=parameters(groups=GROUPS[:1]))
    with pytest.raises(Invalid) as refused:
        survey.call("draft_assessment_method", body)
    assert [one["pointer"] for one in refused.value.errors] == ["/parameters/groups"]
    assert survey.call("list_assessment_methods", {})["items"] == []
