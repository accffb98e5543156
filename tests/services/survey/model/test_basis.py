"""What look-backs at former projects do to an assessment, by the method's data."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from services.commons.aggregate import new_id
from services.commons.errors import Invalid
from services.survey.model.announcement import content
from services.survey.model.basis import last_of_each
from services.survey.model.heard import HeardLookBack, HeardProject
from services.survey.model.method import Formula
from services.survey.model.questionnaire import Questionnaire
from tests.services.survey.samples import day, method, opened, zhenhai

UNIT, OTHER = new_id(), new_id()
AGAIN = {"finding": "not-effective", "effect": "again"}
CAP = {"finding": "not-effective", "effect": "cap", "over": "unit", "grade": "basically-satisfied"}
DEDUCT = {
    "finding": "not-effective",
    "effect": "deduct",
    "over": "all",
    "rate": "top1",
    "share": "1/20",
}


def by(*consequences: dict[str, Any], years: int | None = None) -> dict[str, Any]:
    """Zhenhai's grades, with these consequences of look-backs; none is a method without."""
    rule = {"look_back": {"years": years, "consequences": list(consequences)}}
    return zhenhai(inclusive=True) | (rule if consequences else {})


def project(name: str, unit: str = UNIT, year: int = 2023, items: int = 1) -> HeardProject:
    """A project of a unit with some sub-items."""
    parts = [{"id": new_id(), "name": f"{name}子项{n}"} for n in range(items)]
    return HeardProject(new_id(), year, name, parts, 1, unit, "elderly-care")


def look_back(former: HeardProject | None = None, **changed: Any) -> HeardLookBack:
    """A look-back of this year at a former project that does not serve any more."""
    given: dict[str, Any] = {
        "id": new_id(),
        "project_name": former.name if former else "旧项目(示例)",
        "project_year": former.year if former else 2021,
        "effective": False,
        "happened_on": day("09-05"),
        "version": 1,
        "project_id": former and former.id,
        "lead_unit_id": former and former.lead_unit_id,
        "aspect": former and former.aspect,
        "sub_items": None,
    }
    return HeardLookBack(**given | changed)


def scored(
    data: dict[str, Any],
    look_backs: list[HeardLookBack],
    *projects: HeardProject,
    satisfied: int = 4,
) -> dict[str, Any]:
    """The score of four deputies, of whom so many are satisfied and the others are not."""
    given = opened(4, method=method(data), look_backs=look_backs, projects=projects)
    for number, deputy in enumerate(list(given.roll.answered)):
        given.answer(deputy, "satisfied" if number < satisfied else "dissatisfied")
    given.close()
    found: dict[str, Any] = content(given.questionnaire, given.score)["score"]
    return found


def asked(
    data: dict[str, Any], look_backs: list[HeardLookBack], *projects: HeardProject
) -> Questionnaire:
    """A questionnaire by the method, before anybody answered."""
    return opened(4, method=method(data), look_backs=look_backs, projects=projects).questionnaire


def by_name(score: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The lines of a score by their names."""
    return {item["name"]: item for item in score["items"]}


def test_a_method_that_says_nothing_leaves_the_answers_alone() -> None:
    """The same look-back, the same answers: nothing is added and nothing changed."""
    former = project("旧", year=2021)
    score = scored(by(), [look_back(former)], project("新"), former)
    assert "basis" not in score
    assert all(item["kind"] in ("project", "sub-item") for item in score["items"])
    assert not any("look_backs" in item for item in score["items"])
    questionnaire = asked(by(), [look_back(former)], project("新"), former)
    assert questionnaire.basis is None


def test_two_years_differ_by_a_look_back_and_the_score_says_why() -> None:
    """The same answers: capped and lower where a former project of the unit does not serve."""
    former, new = project("旧", year=2021), project("新")
    without = scored(by(CAP, DEDUCT), [look_back(former, effective=True)], new, former)
    found = look_back(former)
    with_it = scored(by(CAP, DEDUCT), [found], new, former)
    plain, capped = by_name(without)["新"], by_name(with_it)["新"]
    assert (plain["grade"], plain["top1"]["percent"]) == ("satisfied", "100.00")
    assert (capped["grade"], capped["counted_grade"]) == ("basically-satisfied", "satisfied")
    assert capped["top1"] == plain["top1"]
    assert capped["counts"] == plain["counts"]
    assert list(capped["adjusted"]) == ["top1"]
    assert (capped["adjusted"]["top1"]["value"], capped["adjusted"]["top1"]["percent"]) == (
        "19/20",
        "95.00",
    )
    assert capped["look_backs"] == [found.id]
    assert without["basis"] == []
    assert [one["effect"] for one in with_it["basis"]] == ["cap", "deduct"]
    assert all(one["project_year"] == 2021 for one in with_it["basis"])


def test_a_cap_makes_no_grade_better() -> None:
    """Who is worse than the cap stays it."""
    former = project("旧", year=2021)
    score = scored(by(CAP), [look_back(former)], project("新"), former, satisfied=1)
    item = by_name(score)["新"]
    assert (item["grade"], item["counted_grade"]) == ("dissatisfied", "dissatisfied")


def test_deductions_add_up_exactly_and_stop_at_zero() -> None:
    """Two findings take off twice; nothing falls below 0."""
    formers = [project(f"旧{n}", year=2021) for n in range(2)]
    found = [look_back(former) for former in formers]
    third = DEDUCT | {"share": "1/3"}
    item = by_name(scored(by(third), found, project("新"), *formers))["新"]
    assert (item["adjusted"]["top1"]["part"], item["adjusted"]["top1"]["whole"]) == (1, 3)
    low = by_name(scored(by(third), found, project("新"), *formers, satisfied=2))["新"]
    assert low["adjusted"]["top1"]["part"] == 0


@pytest.mark.parametrize(
    ("over", "touched"), [("unit", ["甲"]), ("aspect", ["甲", "乙"]), ("all", ["甲", "乙", "丙"])]
)
def test_a_consequence_touches_only_what_it_says(over: str, touched: list[str]) -> None:
    """The unit's projects, those of the aspect, or all of the year."""
    former, one, two, three = (
        project("旧", year=2021),
        project("甲", items=0),
        project("乙", OTHER, items=0),
        project("丙", OTHER, items=0),
    )
    three.aspect = "transport"
    score = scored(by(CAP | {"over": over}), [look_back(former)], one, two, three, former)
    capped = [name for name, item in by_name(score).items() if item["grade"] != "satisfied"]
    assert set(capped) == set(touched)


def test_a_former_project_is_assessed_again_with_what_does_not_work() -> None:
    """Its lines stand in the form, marked with its year; a sub-item that works is left out."""
    former = project("旧", year=2021, items=2)
    works, broken = (item["id"] for item in former.sub_items)
    seen = [
        {"sub_item_id": works, "working": "fully"},
        {"sub_item_id": broken, "working": "not"},
    ]
    score = scored(by(AGAIN), [look_back(former, sub_items=seen)], project("新"), former)
    again = [item for item in score["items"] if item.get("former_year")]
    assert [(item["kind"], item["item_id"], item["former_year"]) for item in again] == [
        ("former-project", former.id, 2021),
        ("former-sub-item", broken, 2021),
    ]
    assert score["basis"][0]["items"] == [former.id, broken]


def test_a_former_project_known_by_name_only_is_one_line() -> None:
    """It has no id here, so its line has the look-back's."""
    found = look_back()
    score = scored(by(AGAIN), [found], project("新"))
    (line,) = [item for item in score["items"] if item.get("former_year")]
    assert (line["item_id"], line["name"]) == (found.id, "旧项目(示例)")


def test_partly_working_is_a_finding_of_its_own() -> None:
    """Effective as a whole but not in every part: only a consequence that names it follows."""
    former = project("旧", year=2021)
    seen = [{"sub_item_id": former.sub_items[0]["id"], "working": "partly"}]
    found = look_back(former, effective=True, sub_items=seen)
    partly = CAP | {"finding": "partly-effective"}
    for data, grade in ((by(CAP), "satisfied"), (by(partly), "basically-satisfied")):
        assert by_name(scored(data, [found], project("新"), former))["新"]["grade"] == grade


def test_only_near_former_years_and_the_last_look_back_count() -> None:
    """A project before the rule's years, of this year, or found good since does nothing."""
    old, same = project("旧", year=2019), project("今")
    for former in (old, same):
        questionnaire = asked(by(CAP, years=3), [look_back(former)], project("新"), former)
        assert questionnaire.basis == []
    former = project("旧", year=2021)
    again = look_back(former, effective=True, happened_on=day("10-01"))
    first = look_back(former)
    assert last_of_each([again, first]) == [again]
    questionnaire = asked(by(CAP), [again, first], project("新"), former)
    assert questionnaire.basis == []
    by_name_only = replace(first, project_id=None, lead_unit_id=None)
    assert last_of_each([by_name_only, again]) == [again]
    other_year = look_back(former, happened_on=dt.date(2022, 9, 5))
    questionnaire = asked(by(CAP), [other_year], project("新"), former)
    assert questionnaire.basis == []


def test_nobody_answered_nothing_is_changed() -> None:
    """Without a denominator there is neither a grade to cap nor a rate to lower."""
    former = project("旧", year=2021)
    data = by(DEDUCT | {"over": "all"}) | {"denominator": "valid"}
    projects = [project("新"), former]
    given = opened(4, method=method(data), look_backs=[look_back(former)], projects=projects)
    given.close()
    item = content(given.questionnaire, given.score)["score"]["items"][0]
    assert (item["grade"], item["denominator"], "adjusted" in item) == (None, 0, False)


@pytest.mark.parametrize(
    ("consequence", "at"),
    [
        (AGAIN | {"over": "unit"}, "over"),
        ({**CAP, "grade": "great"}, "grade"),
        ({name: value for name, value in CAP.items() if name != "grade"}, "grade"),
        (CAP | {"share": "1/2"}, "share"),
        (DEDUCT | {"share": "3/2"}, "share"),
        ({name: value for name, value in DEDUCT.items() if name != "over"}, "over"),
    ],
)
def test_contradictions_are_refused(consequence: dict[str, Any], at: str) -> None:
    """What does not go with the effect, or is missing, is named with its place."""
    with pytest.raises(Invalid) as refused:
        Formula.from_data(by(consequence))
    (error,) = refused.value.errors
    assert error["pointer"] == f"/parameters/look_back/consequences/0/{at}"


def test_the_rule_as_data_and_back() -> None:
    """Writing it down and reading it again changes nothing."""
    data = by(AGAIN, CAP, DEDUCT, years=3)
    assert Formula.from_data(data).to_data() == data
    rule = Formula.from_data(data).look_back
    assert rule is not None
    assert rule.consequences[2].share == Fraction(1, 20)
