"""Filled-in forms: what fits is read as it was given, what does not is refused with its place."""

from __future__ import annotations

import itertools
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.commons.errors import Conflict, Invalid
from services.survey.model.form import Form, Reading

from .forms import AGE, DISTRICT, GRADE, ITEMS, WHY, answer, form, forms, options, question, values

SATISFIED, NOT = "satisfied", "dissatisfied"


def refused(asked: Form, *answers: dict[str, Any]) -> list[str]:
    """Where the answers are refused; the reasons repeat nothing of them."""
    with pytest.raises(Invalid) as caught:
        asked.read(list(answers), form_version=1)
    assert caught.value.code == "answers-malformed"
    for one in answers:
        if isinstance(one["value"], str) and len(one["value"]) > 3:
            assert one["value"] not in str(caught.value) + str(caught.value.errors)
    return [error["pointer"] for error in caught.value.errors]


def filled(data: st.DataObject, asked: Form) -> list[dict[str, Any]]:
    """Answers that fit, found by the form's own refusals: what is not asked is left out."""
    answers: list[dict[str, Any]] = []
    given_: dict[str, Any] = {}
    for line in asked.lines:
        condition = line.question.to_data().get("if")
        if condition is None or _holds(condition, given_, line.item_id):
            value = data.draw(values(line.question.to_data()))
            given_[line.key] = value
            answers.append(answer(line.question.code, value, line.item_id))
    return answers


def _holds(condition: dict[str, Any], given_: dict[str, Any], item_id: str | None) -> bool:
    # Written apart from the model, as the oracle of its conditions.
    match condition:
        case {"not": part}:
            return not _holds(part, given_, item_id)
        case {"all": parts}:
            return all(_holds(part, given_, item_id) for part in parts)
        case {"any": parts}:
            return any(_holds(part, given_, item_id) for part in parts)
    code = condition["question"]
    value = given_.get(f"{code}:{item_id}") if f"{code}:{item_id}" in given_ else given_.get(code)
    chosen = value if isinstance(value, list) else [] if value is None else [str(value)]
    return any(one in condition["in"] for one in chosen)


@given(st.data())
def test_any_valid_form_reads_any_valid_answers(data: st.DataObject) -> None:
    """Every asked key is marked, the cell is one of the form's, and every mark can be counted."""
    asked = data.draw(forms())
    answers = filled(data, asked)
    reading = asked.read(data.draw(st.permutations(answers)), form_version=1)
    given_ = {
        one["question"] + (f":{one['item_id']}" if "item_id" in one else ""): one["value"]
        for one in answers
    }
    keys = asked.keys()
    assert list(reading.marks) == [key for key in keys if key in given_]
    assert reading.cell in asked.cells()
    blank = asked.blank_counts()
    for key, mark in reading.marks.items():
        assert (mark is None) == (given_[key] is None)
        assert asked.adds(key, mark).keys() <= blank[key].keys()
    texts = [key for key in asked.text_keys() if given_.get(key) is not None]
    assert [key for key, _ in reading.comments] == texts
    assert Reading.from_data(reading.to_data()) == reading


@given(st.data())
def test_an_answer_too_few_or_twice_is_refused(data: st.DataObject) -> None:
    """So that a form cut short or doubled on its way is not taken for final."""
    asked = data.draw(forms())
    answers = filled(data, asked)
    n = data.draw(st.integers(0, len(answers) - 1))
    with pytest.raises(Invalid):
        asked.read(answers[:n] + answers[n + 1 :], form_version=1)
    with pytest.raises(Invalid):
        asked.read([*answers, answers[n]], form_version=1)


def test_another_version_of_the_form_is_a_conflict() -> None:
    """Who filled in what was asked before must see what is asked now."""
    with pytest.raises(Conflict) as caught:
        form(GRADE, version=2).read([], form_version=1)
    assert caught.value.code == "form-changed"


def test_a_language_that_the_form_is_not_written_in_is_refused() -> None:
    """Nobody can have read it in that."""
    with pytest.raises(Invalid) as caught:
        form(GRADE).read([], form_version=1, language="en")
    assert caught.value.code == "language-unknown"


def test_a_condition_is_judged_line_by_line() -> None:
    """Why is asked only of what was found bad."""
    asked = form(GRADE, WHY, items=ITEMS[1:3])
    good, bad = answer("grade", SATISFIED, "s1"), answer("grade", NOT, "s2")
    reason = answer("why", "路灯不亮", "s2")
    reading = asked.read([good, bad, reason], form_version=1)
    assert reading.comments == (("why:s2", "路灯不亮"),)
    assert refused(asked, good, bad) == ["/answers"]
    assert refused(asked, good, bad, reason, answer("why", None, "s1")) == ["/answers/3"]


@pytest.mark.parametrize(
    ("condition", "asked_after"),
    [
        ({"question": "a", "in": ["x"]}, {"x"}),
        ({"not": {"question": "a", "in": ["x"]}}, {"y", None}),
        ({"all": [{"question": "a", "in": ["x", "y"]}, {"question": "b", "in": ["1"]}]}, set()),
        (
            {"any": [{"question": "a", "in": ["y"]}, {"question": "b", "in": ["2"]}]},
            {"x", "y", None},
        ),
    ],
)
def test_conditions(condition: dict[str, Any], asked_after: set[str | None]) -> None:
    """After a blank no code was given; the rating is 2 throughout."""
    asked = form(
        question("a", "choice", options=options("x", "y")),
        question("b", "rating", rating={"from": 1, "to": 2}),
        question("c", "choice", options=options("u", "v")) | {"if": condition},
    )
    for first in ("x", "y", None):
        answers = [answer("a", first), answer("b", 2)]
        if first in asked_after:
            assert asked.read([*answers, answer("c", "u")], form_version=1).marks["c"] == "u"
        else:
            assert "c" not in asked.read(answers, form_version=1).marks


def test_the_cell_comes_from_the_strata_in_the_order_of_their_codes() -> None:
    """Whatever order they were answered in."""
    asked = form(DISTRICT, AGE, question("n", "text"))
    answers = [answer("age", "60+"), answer("n", None), answer("district", "330102")]
    for order in itertools.permutations(answers):
        assert asked.read(list(order), form_version=1).cell == "age=60+|district=330102"


@pytest.mark.parametrize(
    ("grades", "straight"),
    [
        ([NOT] * 5, NOT),
        ([NOT] * 4, None),
        ([NOT] * 4 + [SATISFIED], None),
        ([NOT] * 4 + [None], None),
        ([None] * 5, None),
    ],
)
def test_five_lines_or_more_with_one_mark_are_noticed(
    grades: list[str | None], straight: str | None
) -> None:
    """A blank among them, or fewer lines, are not."""
    asked = form(GRADE, items=ITEMS[: len(grades)])
    answers = [
        answer("grade", grade, item.item_id) for grade, item in zip(grades, ITEMS, strict=False)
    ]
    assert asked.read(answers, form_version=1).straight == straight


@pytest.mark.parametrize(
    ("asked", "value"),
    [
        (question("q", "grade"), "excellent"),
        (question("q", "grade"), 1),
        (question("q", "grade"), ["satisfied"]),
        (question("q", "grade", required=True), None),
        (question("q", "choice", options=options("a", "b")), "c"),
        (question("q", "choice", options=options("a", "b")), "_answered"),
        (question("q", "choices", options=options("a", "b")), "a"),
        (question("q", "choices", options=options("a", "b")), ["a", "a"]),
        (question("q", "choices", options=options("a", "b")), ["a", ["b"]]),
        (question("q", "choices", options=options("a", "b"), required=True), []),
        (question("q", "choices", options=options("a", "b"), at_least=2), ["a"]),
        (question("q", "choices", options=options("a", "b", "c"), at_most=1), ["a", "b"]),
        (question("q", "rating", rating={"from": 1, "to": 5}), 6),
        (question("q", "rating", rating={"from": 1, "to": 5}), "3"),
        (question("q", "rating", rating={"from": 1, "to": 5}), True),
        (question("q", "number", number={"min": "0", "max": "9"}), "9.5"),
        (question("q", "number", number={"min": "0", "max": "9"}), "10"),
        (question("q", "number", number={"min": "0", "max": "9"}), "1e0"),
        (question("q", "number", number={"min": "0", "max": "9"}), "１"),
        (question("q", "number", number={"min": "0", "max": "9"}), 10**4000),
        (question("q", "number", number={"min": "0", "max": "9", "decimals": 1}), "1.25"),
        (question("q", "number", number={"min": "0", "max": "9", "decimals": 1}), 0.1),
        (question("q", "text", max_length=5), "六个字是太长了"),
        (question("q", "text"), "字" * 2001),
        (question("q", "text"), "a" * 10_000_000),
        (question("q", "text"), "路\x00灯"),
        (question("q", "text"), "\u202e灯路"),
        (question("q", "text"), "\u200b"),
        (question("q", "text", max_length=1), "\u0958"),
        (question("q", "text"), 5),
        (question("q", "text", required=True), "  "),
        (question("q", "text", required=True), None),
    ],
)
def test_a_value_that_does_not_fit_is_refused_at_its_place(
    asked: dict[str, Any], value: Any
) -> None:
    """Whatever is wrong with it."""
    assert refused(form(asked), answer("q", value)) == ["/answers/0/value"]


@pytest.mark.parametrize(
    ("asked", "value", "mark"),
    [
        (question("q", "choices", options=options("a", "b", "c")), ["c", "a"], ["a", "c"]),
        (question("q", "choices", options=options("a", "b"), at_least=1), [], None),
        (question("q", "number", number={"min": "-5", "max": "9", "decimals": 2}), "-0.00", "0"),
        (question("q", "number", number={"min": "0", "max": "90", "decimals": 2}), "10.50", "10.5"),
        (question("q", "number", number={"min": "0", "max": "90"}), 30, "30"),
    ],
)
def test_one_value_has_one_mark(asked: dict[str, Any], value: Any, mark: Any) -> None:
    """Options in the order of the form, decimals in one form."""
    assert form(asked).read([answer("q", value)], form_version=1).marks == {"q": mark}


def test_text_is_kept_plain_and_an_empty_one_is_a_blank() -> None:
    """Without blanks at its ends, in NFC."""
    asked = form(question("q", "text"))
    assert asked.read([answer("q", " e\u0301té\n")], form_version=1).comments == (("q", "été"),)
    assert asked.read([answer("q", " ")], form_version=1).comments == ()


def test_answers_to_what_is_not_on_the_form_are_refused() -> None:
    """An unknown question, an unknown line, one per item without its line, a line too many."""
    asked = form(GRADE, question("q", "text"), items=ITEMS[:1])
    assert refused(
        asked,
        answer("other", "x"),
        answer("grade", SATISFIED, "p9"),
        answer("grade", SATISFIED),
        answer("q", None, "p1"),
        answer("q", None),
        answer("q", None),
    ) == ["/answers/0", "/answers/1", "/answers/2", "/answers/3", "/answers/5"]


def test_many_mistakes_are_told_up_to_twenty() -> None:
    """A thousand would fill a screen and the answer."""
    many = [answer("other", "x")] * 1000
    assert len(refused(form(GRADE), *many)) == 20


def test_what_a_mark_adds() -> None:
    """By the shape of its counts; a blank adds only that it was asked."""
    choice = question("a", "choice", options=options("x", "y"))
    condition = {"if": {"question": "a", "in": ["x"]}}
    asked = form(
        choice,
        question("c", "choices", options=options("x", "y")) | condition,
        question(
            "n", "number", number={"min": "0", "max": "99", "decimals": 1, "bins": ["0", "18"]}
        ),
        question("r", "rating", rating={"from": 1, "to": 5}),
    )
    assert asked.adds("a", "x") == {"x": 1} and asked.adds("a", None) == {}
    assert asked.adds("c", ["x", "y"]) == {"_asked": 1, "_answered": 1, "x": 1, "y": 1}
    assert asked.adds("c", None) == {"_asked": 1}
    assert asked.adds("r", 3) == {"3": 1}
    assert asked.adds("n", "17.9") == {"0": 1, "_n": 1, "_sum": "17.9", "_squares": "320.41"}
    assert asked.adds("n", "18")["18"] == 1


@given(st.decimals("-999999999.999999", "999999999.999999", places=6))
def test_squares_of_the_longest_numbers_are_exact(value: Decimal) -> None:
    """Fifteen digits, squared."""
    number = {"min": "-999999999.999999", "max": "999999999.999999", "decimals": 6}
    asked = form(question("n", "number", number=number))
    reading = asked.read([answer("n", format(value, "f"))], form_version=1)
    squares = Fraction(str(asked.adds("n", reading.marks["n"])["_squares"]))
    assert squares == Fraction(value) ** 2
