"""A questionnaire's life: who is asked about what, when, and what becomes of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from services.commons.aggregate import new_id
from services.commons.errors import Conflict, Forbidden, Invalid
from services.survey.model import announcement
from services.survey.model.heard import HeardDeputy, HeardLookBack
from services.survey.model.method import AssessmentMethod
from tests.services.survey.samples import (
    CITY,
    NOON,
    Asked,
    audience,
    day,
    deputies,
    drafted,
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
    given = opened(projects=projects)
    lines = [(item["kind"], item["name"]) for item in given.questionnaire.items]
    assert lines == [
        ("project", "A 项目"),
        ("project", "B 项目"),
        ("sub-item", "B 子项二"),
        ("sub-item", "B 子项一"),
    ]
    keys = [f"grade:{item['item_id']}" for item in given.questionnaire.items]
    assert list(given.tally.counts) == keys


def test_only_some_lines_can_be_asked_about() -> None:
    """By kind for the whole questionnaire, by id for one audience."""
    one = project("A 项目", "子项一", "子项二")
    given = opened(projects=[one], item_kinds=["sub-item"])
    assert [item["name"] for item in given.questionnaire.items] == ["子项一", "子项二"]
    some = [given.questionnaire.items[1]["item_id"]]
    given = opened(projects=[one], asked={"item_ids": some})
    assert list(given.tally.counts) == [f"grade:{some[0]}"]


def test_roll_is_the_congress_of_that_day() -> None:
    """Deputies of other congresses and those enrolled later are not asked; two seats count once."""
    both = HeardDeputy(new_id(), ["330102", CITY], day("01-10"), 1)
    late = HeardDeputy(new_id(), [CITY], day("11-29"), 1)
    given = opened(register=[both, late, *deputies(2, "330102"), *deputies(1)])
    assert given.questionnaire.eligible == given.audience.eligible == given.roll.eligible == 2
    assert both.id in given.roll.answered and late.id not in given.roll.answered


def test_a_roll_of_some_deputies() -> None:
    """A committee is asked by the ids of its members; one who is not on the register stops it."""
    register = deputies(12)
    some = [deputy.id for deputy in register[:10]]
    given = opened(register=register, asked={"deputies": some, "group": "standing-committee"})
    assert sorted(given.roll.answered) == sorted(some)
    with pytest.raises(Conflict) as refused:
        opened(register=register, asked={"deputies": [*some, new_id()]})
    assert refused.value.code == "nobody-to-ask"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"projects": [project(year=2022)]}, "nothing-to-assess"),
        ({"register": deputies(2, "330102")}, "nobody-to-ask"),
        ({"on": day("11-19")}, "method-not-adopted"),
    ],
)
def test_not_opened_without_its_grounds(changed: dict[str, Any], code: str) -> None:
    """Without projects, deputies or a method adopted by then nothing is opened."""
    with pytest.raises(Conflict) as refused:
        opened(**changed)
    assert refused.value.code == code


def test_not_opened_without_an_audience() -> None:
    """Somebody must be asked."""
    with pytest.raises(Conflict) as refused:
        drafted().open([], projects=[project()], look_backs=[], on=day("11-28"))
    assert refused.value.code == "nobody-to-ask"


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


def test_days_in_order() -> None:
    """An audience begins before it ends, and is opened before its last day is over."""
    with pytest.raises(Invalid) as refused:
        audience(drafted(), opens_on=day("12-11"))
    assert refused.value.errors[0]["pointer"] == "/opens_on"
    with pytest.raises(Invalid, match="last day"):
        opened(on=day("12-11"))


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"kind": "anonymous"}, "/kind"),
        ({"sampling": "sample"}, "/sampling"),
        ({"channel": "open", "kind": "secret", "sampling": "open"}, "/kind"),
        ({"channel": "open", "kind": "anonymous"}, "/sampling"),
        ({"channel": "offline", "kind": "anonymous", "deputies": [new_id()]}, "/deputies"),
        # Nobody is secret on a roll of nine.
        ({"deputies": [new_id() for _ in range(9)]}, "/deputies"),
        ({"channel": "offline", "kind": "anonymous", "by_delegation": True}, "/by_delegation"),
        ({"replaceable": True}, "/replaceable"),
        ({"eligible": 7}, "/eligible"),
    ],
)
def test_what_does_not_go_together(changed: dict[str, Any], pointer: str) -> None:
    """A channel has its kinds and its sampling; a roll says itself how many it has."""
    with pytest.raises(Invalid) as refused:
        audience(drafted(), **changed)
    assert [error["pointer"] for error in refused.value.errors] == [pointer]


def test_one_answer_per_deputy() -> None:
    """A second answer of the same deputy is refused and changes nothing."""
    given = opened()
    deputy = next(iter(given.roll.answered))
    given.answer(deputy, "satisfied")
    before = given.tally.counts
    with pytest.raises(Conflict) as refused:
        given.answer(deputy, "dissatisfied")
    assert refused.value.code == "already-answered"
    assert given.tally.counts == before and given.roll.returned == given.tally.returned == 1


def test_strangers_are_refused() -> None:
    """Who is not on the roll cannot answer."""
    given = opened()
    with pytest.raises(Forbidden):
        given.answer(new_id(), "satisfied")
    assert given.roll.returned == given.tally.returned == 0


@pytest.mark.parametrize("on", ["11-29", "11-30", "12-11"])
def test_answers_only_within_the_days(on: str) -> None:
    """Before the first day and after the last no answer is taken."""
    given = opened(on=day("11-30"))
    with pytest.raises(Conflict) as refused:
        given.audience.check_open(day(on))
    assert refused.value.code == "questionnaire-not-open"
    given.audience.check_open(day("12-01"))


def test_opened_late_it_takes_answers_from_then_on() -> None:
    """Its first day may have passed; no answer is dated before the opening."""
    given = opened(on=day("12-03"))
    with pytest.raises(Conflict):
        given.audience.check_open(day("12-02"))
    given.audience.check_open(day("12-03"))


def test_blank_lines() -> None:
    """A line left blank makes the form returned and gives that line no mark."""
    given = opened()
    given.answer(next(iter(given.roll.answered)), "satisfied", None)
    first, second = given.tally.counts.values()
    assert (given.tally.returned, sum(first.values()), sum(second.values())) == (1, 1, 0)


def test_unfit_forms_are_refused_without_repeating_a_mark() -> None:
    """A line twice, missing or unknown, or no known mark, is refused; no message quotes it."""
    given = opened()
    good = form(given.questionnaire, "dissatisfied")
    cases = [
        [good[0], good[0]],
        [good[0]],
        [],
        [good[0], {**good[1], "item_id": new_id()}],
        [good[0], {**good[1], "value": "delighted"}],
        [good[0], {**good[1], "value": ["satisfied"]}],
        [good[0], {**good[1], "question": "other"}],
    ]
    for answers in cases:
        with pytest.raises(Invalid) as refused:
            given.form.read(answers, form_version=1)
        assert all(error["pointer"].startswith("/answers") for error in refused.value.errors)
        said = str(vars(refused.value))
        assert "satisfied" not in said and "delighted" not in said
    with pytest.raises(Conflict) as changed:
        given.form.read(good, form_version=2)
    assert changed.value.code == "form-changed"


def test_look_backs_of_the_year_are_laid_before_the_deputies() -> None:
    """They see what was found at earlier projects this year, up to the day of the opening."""
    known = [
        HeardLookBack(new_id(), name, 2021, True, dt.date.fromisoformat(on), 1)
        for name, on in [("去年", "2022-12-30"), ("今年", "2023-09-05"), ("之后", "2023-11-29")]
    ]
    questionnaire = opened(look_backs=known).questionnaire
    assert [one["project_name"] for one in questionnaire.look_backs] == ["今年"]


def test_nothing_to_read_before_the_closing() -> None:
    """No count can be read, and none published, while answers are taken."""
    given = opened()
    score = lambda: announcement.scored(given.questionnaire, given.counted)  # noqa: E731
    for read in (score, given.publish, lambda: given.questionnaire.publish(day("12-12"), {})):
        with pytest.raises(Conflict) as refused:
            read()
        assert refused.value.code == "questionnaire-running"


def test_closed_when_the_days_are_over_or_all_have_answered() -> None:
    """It is not cut short while somebody may still answer; afterwards nobody can."""
    given = opened(2)
    first, second = given.roll.answered
    given.answer(first, "satisfied")
    with pytest.raises(Conflict):
        given.close("12-03")
    given.answer(second, "satisfied")
    given.close("12-03")
    with pytest.raises(Conflict):
        given.close("12-10")

    unfinished = opened(1)
    unfinished.close("12-10")
    with pytest.raises(Conflict):
        unfinished.audience.check_open(day("12-10"))


def test_present_are_at_most_all_and_at_least_who_answered() -> None:
    """The number present may be told at the closing; an impossible one is refused."""
    given = opened(3)
    given.answer(next(iter(given.roll.answered)), "satisfied")
    for impossible in (0, 4):
        with pytest.raises(Invalid) as refused:
            given.audience.close(day("12-10"), returned=1, present=impossible)
        assert refused.value.code == "present-impossible"
    given.audience.close(day("12-10"), returned=1, present=2)
    assert given.audience.present == 2


def test_an_answer_causes_no_event() -> None:
    """Only opening and publishing speak; answers and the closing do not."""
    given = opened(1)
    told = given.questionnaire.take_recorded
    assert [event.type for event in told()] == ["questionnaire.opened.v1"]
    given.answer(next(iter(given.roll.answered)), "satisfied")
    given.close()
    assert told() == [] and given.audience.take_recorded() == []
    given.publish()
    assert [event.type for event in told()] == ["score.published.v1"]


def test_published_once_and_not_before_the_closing() -> None:
    """The score is published once, on a day that does not precede the closing."""
    given = opened(1)
    given.close()
    with pytest.raises(Invalid):
        given.publish("12-09")
    given.publish("12-10")
    with pytest.raises(Conflict) as refused:
        given.publish("12-11")
    assert refused.value.code == "score-published"


def test_revised_until_somebody_answers() -> None:
    """A revision counts up; an open one keeps its lines; after an answer nothing changes."""
    questionnaire = drafted()
    questionnaire.revise(answered=False, title="改名(示例)", item_kinds=["project"])
    assert (questionnaire.form_version, questionnaire.title) == (2, "改名(示例)")
    given = opened()
    with pytest.raises(Invalid) as refused:
        given.questionnaire.revise(answered=False, item_ids=[new_id()])
    assert [error["pointer"] for error in refused.value.errors] == ["/item_ids"]
    given.questionnaire.revise(answered=False, title="改名(示例)")
    assert given.form.version == 2
    with pytest.raises(Conflict) as locked:
        given.questionnaire.revise(answered=True, title="再改(示例)")
    assert locked.value.code == "form-locked"


def test_a_second_questionnaire_follows_a_closed_one_about_its_lines() -> None:
    """It names lines of the first, which must be closed."""
    first: Asked = opened()
    lines = [item["item_id"] for item in first.questionnaire.items]
    with pytest.raises(Conflict):
        drafted(follows=first.questionnaire, item_ids=lines[:1])
    first.close()
    for bad in (None, [new_id()]):
        with pytest.raises(Invalid) as refused:
            drafted(follows=first.questionnaire, item_ids=bad)
        assert refused.value.code == "item-unknown"
    second = drafted(follows=first.questionnaire, item_ids=lines[:1])
    assert (second.follows, second.item_ids) == (first.questionnaire.id, lines[:1])
