"""Templates: written, taken over, revised; the shipped ones are whole."""

from __future__ import annotations

from typing import Any

import pytest

from services.commons.errors import Conflict, Invalid
from services.survey import templates
from services.survey.model.form import Form
from services.survey.model.method import Option
from services.survey.schemas.templates import DraftTemplate
from services.survey.service import SurveyService
from tests.harness import Harness

from .cycle import adopted_method, questionnaire_body
from .model.form.forms import GRADE, ITEMS, WHY


@pytest.fixture
def survey(serve: Any) -> Harness:
    """The survey service on a database."""
    harness: Harness = serve(SurveyService)
    return harness


def written(**changed: Any) -> dict[str, Any]:
    """A template that is written (合成)."""
    return {
        "title": "合成问卷模板",
        "description": "合成",
        "questions": [GRADE, WHY],
        "happened_on": "2023-11-01",
    } | changed


def revised(before: dict[str, Any], **changed: Any) -> dict[str, Any]:
    """Its next edition."""
    return written(supersedes=before["id"], happened_on="2024-10-08", **changed)


@pytest.mark.parametrize("name", templates.names())
def test_a_shipped_template_makes_a_form(name: str) -> None:
    """Every one passes the checks of a request, with its own grades and in two languages."""
    made = templates.shipped(name)
    DraftTemplate().load({"happened_on": "2023-11-01"} | made)
    form = Form.from_data(made["questions"], ITEMS, [Option(code, code) for code in made["grades"]])
    assert form.languages == ["zh-CN", "en"]
    assert form.blank_counts()


def test_the_shipped_templates() -> None:
    """Those that the documents name."""
    assert templates.names() == (
        "eight-dimensions",
        "five-point",
        "four-grades",
        "residents",
        "three-grades",
    )
    assert len(templates.shipped("eight-dimensions")["questions"]) == 8
    residents = Form.from_data(templates.shipped("residents")["questions"])
    assert [one.code for one in residents.strata()] == ["district", "age", "sex"]
    assert len(residents.cells()) == 2 * 3 * 3


def test_a_template_is_written_and_found_again(survey: Harness) -> None:
    """In its first edition, as it was written."""
    made = survey.call("draft_questionnaire_template", written())
    assert made["edition"] == 1 and made["supersedes"] is made["source"] is None
    assert [one["code"] for one in made["questions"]] == ["grade", "why"]
    assert survey.call("get_questionnaire_template", made["id"]) == made


def test_a_shipped_template_is_taken_over_as_it_is_or_under_another_title(survey: Harness) -> None:
    """Its questions and grades come with it, and where it is from stays known."""
    body = {"shipped": "four-grades", "happened_on": "2023-11-01"}
    plain = survey.call("draft_questionnaire_template", body)
    assert plain["title"] == templates.shipped("four-grades")["title"]
    assert plain["grades"][-1] == "abstain" and plain["source"] == "four-grades"
    own = survey.call("draft_questionnaire_template", body | {"title": "合成市满意度测评表"})
    assert own["title"] == "合成市满意度测评表" and own["questions"] == plain["questions"]


def test_a_revised_template_is_the_next_edition(survey: Harness) -> None:
    """The one before stays as it was; the list can leave it out."""
    first = survey.call("draft_questionnaire_template", written())
    second = survey.call("draft_questionnaire_template", revised(first, questions=[GRADE]))
    assert second["edition"] == 2 and second["supersedes"] == first["id"]
    assert survey.call("get_questionnaire_template", first["id"]) == first
    editions = survey.call("list_questionnaire_templates", {})["items"]
    assert [one["edition"] for one in editions] == [1, 2]
    newest = survey.call("list_questionnaire_templates", {"newest": "true"})["items"]
    assert [one["id"] for one in newest] == [second["id"]]


def test_an_edition_is_superseded_once(survey: Harness) -> None:
    """Who revises an old one is told to take the newest."""
    first = survey.call("draft_questionnaire_template", written())
    survey.call("draft_questionnaire_template", revised(first))
    with pytest.raises(Conflict) as caught:
        survey.call("draft_questionnaire_template", revised(first))
    assert caught.value.code == "template-superseded"


def test_questions_that_contradict_each_other_make_no_template(survey: Harness) -> None:
    """Named by their place."""
    with pytest.raises(Invalid) as caught:
        survey.call("draft_questionnaire_template", written(questions=[WHY, GRADE]))
    assert [error["pointer"] for error in caught.value.errors] == ["/questions/0/if"]


@pytest.mark.parametrize(
    "changed",
    [
        {"shipped": "three-grades"},
        {"shipped": "nothing"},
        {"questions": []},
        {"supersedes": "11111111-1111-4111-8111-111111111111"},
        {"questionnaire_id": "11111111-1111-4111-8111-111111111111"},
    ],
    ids=["two sources", "not shipped", "no question", "unknown edition", "two sources again"],
)
def test_a_body_that_makes_no_template_is_refused(survey: Harness, changed: dict[str, Any]) -> None:
    """And nothing is kept."""
    with pytest.raises(Invalid):
        survey.call("draft_questionnaire_template", written(**changed))
    assert survey.call("list_questionnaire_templates", {})["items"] == []


def test_a_questionnaire_is_drafted_from_a_template_and_names_it(survey: Harness) -> None:
    """Whatever becomes of the template later, the questionnaire keeps its questions."""
    body = {"shipped": "three-grades", "happened_on": "2023-11-01"}
    template = survey.call("draft_questionnaire_template", body)
    method = adopted_method(survey)
    drafted = survey.call(
        "draft_questionnaire", questionnaire_body(method, template_id=template["id"])
    )
    assert drafted["template_id"] == template["id"]
    assert drafted["questions"] == template["questions"]
    plain = survey.call("draft_questionnaire", questionnaire_body(method))
    assert plain["template_id"] is None


def test_a_questionnaire_becomes_a_template_for_the_years_after(survey: Harness) -> None:
    """With the grades of its method."""
    asked = questionnaire_body(adopted_method(survey), questions=[GRADE, WHY])
    used = survey.call("draft_questionnaire", asked)
    body = {"title": "合成问卷模板", "description": "合成", "questionnaire_id": used["id"]}
    made = survey.call("draft_questionnaire_template", body | {"happened_on": "2023-12-01"})
    assert made["questions"] == used["questions"] and made["source"] == used["id"]
    assert made["grades"] == ["satisfied", "basically-satisfied", "dissatisfied"]


def test_a_template_for_other_grades_than_the_methods_is_refused(survey: Harness) -> None:
    """Its conditions and texts would be about marks that nobody can give."""
    body = {"shipped": "four-grades", "happened_on": "2023-11-01"}
    template = survey.call("draft_questionnaire_template", body)
    asked = questionnaire_body(adopted_method(survey), template_id=template["id"])
    with pytest.raises(Invalid) as caught:
        survey.call("draft_questionnaire", asked)
    assert caught.value.code == "template-unfit"


def test_questions_and_a_template_at_once_are_refused(survey: Harness) -> None:
    """It would not be clear which are asked."""
    template = survey.call("draft_questionnaire_template", written())
    both = {"template_id": template["id"], "questions": [GRADE]}
    with pytest.raises(Invalid):
        survey.call("draft_questionnaire", questionnaire_body(adopted_method(survey), **both))
