"""A questionnaire's life: who is asked about what, when, and what becomes of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from services.commons.aggregate import new_id
from services.commons.errors import Conflict, Forbidden, Invalid
from services.survey.model.heard import HeardDeputy, HeardLookBack
from services.survey.model.method import AssessmentMethod
from tests.services.survey.samples import (
    CITY,
    NOON,
    day,
    deputies,
    form,
    opened,
    parameters,
    project,
)


def test_every_project_and_sub_item_is_asked_about() -> None:
    """The form has a line for each project of the year and for each of its sub-items, by name."""
    projects = [
        project("B 项目", "B 子项二", "B 子项一"),
        project("A 项目"),
        project("C 项目", year=2022),
    ]
    questionnaire, tally = opened(projects=projects)
    lines = [(item["kind"], item["name"]) for item in questionnaire.items]
    assert lines == [
        ("project", "A 项目"),
        ("project", "B 项目"),
        ("sub-item", "B 子项二"),
        ("sub-item", "B 子项一"),
    ]
    assert list(tally.counts) == [item["item_id"] for item in questionnaire.items]


def test_roll_is_the_congress_of_that_day() -> None:
    """Deputies of other congresses and those enrolled later are not asked; two seats count once."""
    both = HeardDeputy(new_id(), ["330102", CITY], day("01-10"), 1)
    late = HeardDeputy(new_id(), [CITY], day("11-29"), 1)
    questionnaire, tally = opened(deputies=[both, late, *deputies(2, "330102"), *deputies(1)])
    assert questionnaire.eligible == tally.eligible == 2
    assert both.id in tally.answered and late.id not in tally.answered


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"projects": [project(year=2022)]}, "nothing-to-assess"),
        ({"deputies": deputies(2, "330102")}, "nobody-to-ask"),
        ({"opened_on": day("11-19")}, "method-not-adopted"),
    ],
)
def test_not_opened_without_its_grounds(changed: dict[str, Any], code: str) -> None:
    """Without projects, deputies or a method adopted by then nothing is opened."""
    with pytest.raises(Conflict) as refused:
        opened(**changed)
    assert refused.value.code == code


def test_not_opened_by_a_draft() -> None:
    """A method that no body has adopted decides nothing."""
    draft = AssessmentMethod.draft(
        title="办法(示例)",
        text="",
        parameters=parameters(),
        supersedes=None,
        drafted_on=day("11-01"),
        recorded_at=NOON,
    )
    with pytest.raises(Conflict, match="adopted"):
        opened(method=draft)


@pytest.mark.parametrize(
    "days", [{"opens_on": day("11-27")}, {"opens_on": day("12-11")}, {"closes_on": day("11-30")}]
)
def test_days_in_order(days: dict[str, Any]) -> None:
    """It is set up, begins and ends in this order."""
    with pytest.raises(Invalid, match="opens_on"):
        opened(**days)


def test_one_answer_per_deputy() -> None:
    """A second answer of the same deputy is refused and changes nothing."""
    questionnaire, tally = opened()
    deputy = next(iter(tally.answered))
    questionnaire.answer(tally, deputy, form(questionnaire, "satisfied"), day("12-01"))
    before = tally.counts
    with pytest.raises(Conflict) as refused:
        questionnaire.answer(tally, deputy, form(questionnaire, "dissatisfied"), day("12-01"))
    assert refused.value.code == "already-answered"
    assert tally.counts == before and tally.returned == 1


def test_strangers_are_refused() -> None:
    """Who is not on the roll cannot answer."""
    questionnaire, tally = opened()
    with pytest.raises(Forbidden):
        questionnaire.answer(tally, new_id(), form(questionnaire, "satisfied"), day("12-01"))
    assert tally.returned == 0


@pytest.mark.parametrize("on", ["11-30", "12-11"])
def test_answers_only_within_the_days(on: str) -> None:
    """Before the first day and after the last no answer is taken."""
    questionnaire, tally = opened()
    deputy = next(iter(tally.answered))
    with pytest.raises(Conflict) as refused:
        questionnaire.answer(tally, deputy, form(questionnaire, "satisfied"), day(on))
    assert refused.value.code == "questionnaire-not-open"


def test_blank_lines() -> None:
    """A line left blank makes the form returned and gives that line no mark."""
    questionnaire, tally = opened()
    deputy = next(iter(tally.answered))
    questionnaire.answer(tally, deputy, form(questionnaire, "satisfied", None), day("12-02"))
    first, second = (item["item_id"] for item in questionnaire.items)
    assert (tally.returned, tally.blanks(first), tally.blanks(second)) == (1, 0, 1)
    assert sum(tally.counts[second].values()) == 0


def test_unfit_forms_are_refused_without_repeating_a_mark() -> None:
    """A line twice, missing or unknown, or no known mark, is refused; no message quotes it."""
    questionnaire, tally = opened()
    deputy = next(iter(tally.answered))
    good = form(questionnaire, "dissatisfied")
    cases = [
        ([good[0], good[0]], "/answers/1/item_id"),
        ([good[0]], "/answers"),
        ([], "/answers"),
        ([good[0], {"item_id": new_id(), "grade": "satisfied"}], "/answers/1/item_id"),
        ([good[0], {**good[1], "grade": "delighted"}], "/answers/1/grade"),
    ]
    for answers, pointer in cases:
        with pytest.raises(Invalid) as refused:
            questionnaire.answer(tally, deputy, answers, day("12-02"))
        assert [error["pointer"] for error in refused.value.errors] == [pointer]
        said = str(vars(refused.value))
        assert "satisfied" not in said and "delighted" not in said
    assert tally.returned == 0


def test_look_backs_of_the_year_are_laid_before_the_deputies() -> None:
    """They see what was found at earlier projects this year, up to the day of the opening."""
    known = [
        HeardLookBack(new_id(), name, 2021, True, dt.date.fromisoformat(on), 1)
        for name, on in [("去年", "2022-12-30"), ("今年", "2023-09-05"), ("之后", "2023-11-29")]
    ]
    questionnaire, _ = opened(look_backs=known)
    assert [one["project_name"] for one in questionnaire.look_backs] == ["今年"]


def test_nothing_to_read_before_the_closing() -> None:
    """No count can be read, and none published, while answers are taken."""
    questionnaire, tally = opened()
    for read in (lambda: questionnaire.score(tally), lambda: questionnaire.publish(tally, NOON)):
        with pytest.raises(Conflict) as refused:
            read()
        assert refused.value.code == "questionnaire-running"


def test_closed_when_the_days_are_over_or_all_have_answered() -> None:
    """It is not cut short while somebody may still answer; afterwards nobody can."""
    questionnaire, tally = opened(2)
    first, second = tally.answered
    questionnaire.answer(tally, first, form(questionnaire, "satisfied"), day("12-02"))
    with pytest.raises(Conflict):
        questionnaire.close(tally, day("12-03"))
    questionnaire.answer(tally, second, form(questionnaire, "satisfied"), day("12-02"))
    questionnaire.close(tally, day("12-03"))
    with pytest.raises(Conflict):
        questionnaire.close(tally, day("12-10"))

    unfinished, tally = opened(1)
    unfinished.close(tally, day("12-10"))
    (deputy,), answers = tally.answered, form(unfinished, "satisfied")
    with pytest.raises(Conflict):
        unfinished.answer(tally, deputy, answers, day("12-10"))


def test_an_answer_causes_no_event() -> None:
    """Only opening and publishing speak; answers and the closing do not."""
    questionnaire, tally = opened(1)
    assert [event.type for event in questionnaire.take_recorded()] == ["questionnaire.opened.v1"]
    answers = form(questionnaire, "satisfied")
    questionnaire.answer(tally, next(iter(tally.answered)), answers, day("12-02"))
    questionnaire.close(tally, day("12-10"))
    assert questionnaire.take_recorded() == []
    questionnaire.publish(tally, day("12-12"))
    assert [event.type for event in questionnaire.take_recorded()] == ["score.published.v1"]


def test_published_once_and_not_before_the_closing() -> None:
    """The score is published once, on a day that does not precede the closing."""
    questionnaire, tally = opened(1)
    questionnaire.close(tally, day("12-10"))
    with pytest.raises(Invalid):
        questionnaire.publish(tally, day("12-09"))
    questionnaire.publish(tally, day("12-10"))
    with pytest.raises(Conflict) as refused:
        questionnaire.publish(tally, day("12-11"))
    assert refused.value.code == "score-published"
