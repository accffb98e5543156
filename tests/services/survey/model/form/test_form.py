"""Forms: what contradicts itself is refused with its place, and cells and keys are all there."""

from __future__ import annotations

from typing import Any

import pytest

from services.commons.errors import Invalid
from services.survey.model.form import Form, default_questions

from .forms import AGE, DISTRICT, GRADE, ITEMS, WHY, form, options, question, text


def places(*questions: dict[str, Any]) -> list[str]:
    """Where the form is refused."""
    with pytest.raises(Invalid) as caught:
        form(*questions)
    assert caught.value.code == "form-contradicts-itself"
    return [error["pointer"] for error in caught.value.errors]


def test_the_plain_form_asks_one_grade_of_every_line() -> None:
    """Five lines, one key each, in the order of the items."""
    plain = form(*default_questions())
    assert plain.keys() == [f"grade:{item.item_id}" for item in ITEMS]
    assert plain.blank_counts()["grade:s1"] == {
        "satisfied": 0,
        "basically-satisfied": 0,
        "dissatisfied": 0,
    }
    assert plain.cells() == [""] and plain.languages == ["zh-CN", "en"]


def test_a_question_is_asked_of_the_lines_of_its_kinds() -> None:
    """One of sub-items is not asked of projects."""
    some = form(GRADE | {"item_kinds": ["sub-item"]})
    assert some.keys() == ["grade:s1", "grade:s2", "grade:s3"]
    assert some.only(["s2"]).keys() == ["grade:s2"]


def test_texts_are_not_counted() -> None:
    """They have keys of their own."""
    both = form(GRADE, WHY, items=ITEMS[:1])
    assert both.keys() == ["grade:p1"] and both.text_keys() == ["why:p1"]


def test_each_kind_has_its_counts() -> None:
    """Options, levels, classes, and beside them what is added up."""
    asked = form(
        question("where", "choice", options=options("a", "b")),
        question("which", "choices", options=options("a", "b")),
        question("how", "rating", rating={"from": 1, "to": 3}),
        question("age", "number", number={"min": "0", "max": "120", "bins": ["0", "18", "60"]}),
        question("again", "rating", rating={"from": 0, "to": 1})
        | {"if": {"question": "where", "in": ["a"]}},
    )
    assert asked.blank_counts() == {
        "where": {"a": 0, "b": 0},
        "which": {"a": 0, "b": 0, "_answered": 0},
        "how": {"1": 0, "2": 0, "3": 0},
        "age": {"0": 0, "18": 0, "60": 0, "_n": 0, "_sum": "0", "_squares": "0"},
        "again": {"0": 0, "1": 0, "_asked": 0},
    }


def test_cells_are_every_combination_of_the_strata() -> None:
    """Written with the questions in the order of their codes, whatever their order on the form."""
    asked = form(DISTRICT, AGE, GRADE)
    assert [one.code for one in asked.strata()] == ["district", "age"]
    assert asked.cells() == [
        "age=18-59|district=330102",
        "age=18-59|district=330105",
        "age=60+|district=330102",
        "age=60+|district=330105",
    ]


def test_too_many_cells_are_refused() -> None:
    """Five hundred hold so few answers each that they say nothing."""
    wide = AGE | {"options": options(*(f"a{n}" for n in range(50)))}
    deep = DISTRICT | {"options": options(*(f"d{n}" for n in range(11)))}
    assert places(wide, deep) == ["/questions"]
    assert len(form(wide, deep | {"options": deep["options"][:10]}).cells()) == 500


def test_too_many_lines_are_refused() -> None:
    """Nobody fills in more than two thousand."""
    assert places(*({**GRADE, "code": f"d{n}"} for n in range(401))) == ["/questions"]


def test_strata_come_before_all_others() -> None:
    """A quota that stopped somebody before she told her stratum would spoil the weights."""
    assert places(GRADE, AGE) == ["/questions/1/stratum"]


@pytest.mark.parametrize(
    ("changed", "at"),
    [
        ({"required": False}, "/required"),
        ({"per": "item"}, "/stratum"),
        ({"kind": "choices"}, "/stratum"),
    ],
)
def test_a_stratum_is_a_choice_that_everybody_must_answer(changed: dict[str, Any], at: str) -> None:
    """Else answers would fall in no cell."""
    assert places(AGE | changed) == [f"/questions/0{at}"]


def test_a_stratum_is_asked_of_everybody() -> None:
    """So it has no condition."""
    conditional = DISTRICT | {"if": {"question": "age", "in": ["60+"]}}
    assert places(AGE, conditional) == ["/questions/1/stratum"]


def test_codes_stand_once() -> None:
    """Of questions, and of options."""
    assert places(GRADE, GRADE) == ["/questions/1/code"]
    doubled = question("a", "choice", options=options("x", "y", "x"))
    assert places(doubled) == ["/questions/0/options"]


@pytest.mark.parametrize(
    ("written", "at"),
    [
        (question("a", "choice"), "/options"),
        (question("a", "rating"), "/rating"),
        (question("a", "number"), "/number"),
        (question("a", "grade", options=options("x", "y")), "/options"),
        (question("a", "text", rating={"from": 1, "to": 5}), "/rating"),
        (question("a", "choice", options=options("x", "y"), at_most=1), "/at_most"),
        (question("a", "choices", options=options("x", "y"), at_most=3), "/at_most"),
        (question("a", "choices", options=options("x", "y"), at_least=2, at_most=1), "/at_most"),
        (question("a", "grade", max_length=5), "/max_length"),
        (question("a", "grade", item_kinds=["project"]), "/item_kinds"),
        (question("a", "rating", rating={"from": 5, "to": 5}), "/rating/to"),
        (
            question("a", "rating", rating={"from": 1, "to": 5, "labels": {"6": text()}}),
            "/rating/labels",
        ),
        (question("a", "number", number={"min": "2", "max": "1", "bins": ["2"]}), "/number/max"),
        (question("a", "number", number={"min": "0", "max": "9", "bins": ["1"]}), "/number/bins"),
        (
            question("a", "number", number={"min": "0", "max": "9", "bins": ["0", "5", "5"]}),
            "/number/bins",
        ),
    ],
)
def test_what_does_not_go_with_the_kind_is_refused(written: dict[str, Any], at: str) -> None:
    """Named by its place, and what the kind needs as well."""
    assert f"/questions/0{at}" in places(written)


@pytest.mark.parametrize(
    "condition",
    [
        {"question": "later", "in": ["a"]},
        {"question": "a", "in": ["x"]},
        {"not": {"question": "nowhere", "in": ["a"]}},
        {"all": [{"question": "grade", "in": ["satisfied"]}]},
        {"any": [{"question": "words", "in": ["a"]}]},
        {"question": "first", "in": ["c"]},
    ],
    ids=["later", "itself", "unknown", "per item from once", "a text", "not an option"],
)
def test_a_condition_refers_to_what_comes_before(condition: dict[str, Any]) -> None:
    """To options of earlier questions, asked once or of the same line."""
    first = question("first", "choice", options=options("a", "b"))
    words, later = question("words", "text"), question("later", "choice", options=options("a", "b"))
    asked = question("a", "choice", options=options("x", "y")) | {"if": condition}
    assert places(first, words, GRADE, asked, later) == ["/questions/3/if"]


def test_chinese_must_be_there_and_other_languages_everywhere_or_nowhere() -> None:
    """A page in English with a Chinese option in it would be half a page."""
    assert places(question("a", "text") | {"text": {"en": "Why?"}}) == ["/questions/0/text"]
    both = question("a", "text") | {"text": text("为什么", en="Why?")}
    assert places(both, question("b", "choice", options=options("x", "y"))) == [
        "/questions/1/text",
        "/questions/1/options/0/text",
        "/questions/1/options/1/text",
    ]


def test_the_written_form_reads_as_the_same() -> None:
    """What is kept is what was understood."""
    asked = form(
        AGE,
        GRADE,
        WHY,
        question("n", "number", number={"min": "0.50", "max": "9", "decimals": 2, "unit": text()}),
        question("r", "rating", rating={"from": 1, "to": 5, "labels": {"1": text("差")}}),
        question("c", "choices", options=options("a", "b"), at_least=1, hint=text("提示")),
    )
    again = Form.from_data(asked.to_data(), ITEMS, asked.grades, 1)
    assert again == asked and again.to_data() == asked.to_data()
    assert asked.to_data()[3]["number"]["min"] == "0.5"


def test_a_condition_on_a_grade_names_marks_of_the_method() -> None:
    """A template, which knows no method yet, may name any."""
    unknown = WHY | {"if": {"question": "grade", "in": ["bad"]}}
    assert places(GRADE, unknown) == ["/questions/1/if"]
    assert Form.from_data([GRADE, unknown]).text_keys() == []
