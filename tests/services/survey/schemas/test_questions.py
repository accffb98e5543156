"""Questions at the boundary: what is written is read as the model reads it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from marshmallow import Schema, ValidationError

from services.survey.model.form import Form
from services.survey.schemas.questions import Questions

from ..model.form.forms import AGE, GRADE, WHY, forms, options, question, text


class Body(Schema):
    """A body with questions."""

    questions = Questions(required=True)


def loaded(*questions: dict[str, Any]) -> list[dict[str, Any]]:
    """The questions as a command gets them."""
    found: list[dict[str, Any]] = Body().load({"questions": list(questions)})["questions"]
    return found


@given(forms())
def test_whatever_the_model_writes_the_schema_reads(form: Form) -> None:
    """And shows as it was."""
    written = form.to_data()
    read = loaded(*written)
    assert Form.from_data(read, form.items, form.grades, 1) == form
    assert Body().dump({"questions": read})["questions"] == written


@pytest.mark.parametrize(
    "broken",
    [
        GRADE | {"code": "_grade"},
        GRADE | {"kind": "matrix"},
        GRADE | {"text": "您是否满意?"},
        GRADE | {"text": {}},
        GRADE | {"text": {"中文": "您是否满意?"}},
        GRADE | {"text": text("x" * 501)},
        GRADE | {"text": text("\x07")},
        GRADE | {"extra": 1},
        GRADE | {"required": "true"},
        question("a", "choice", options=options("a")),
        question("a", "choice", options=options("a", "_asked")),
        question("a", "choice", options=options("a", "b|c")),
        question("a", "rating", rating={"from": 1, "to": 11}),
        question("a", "number", number={"min": 0, "max": 9}),
        question("a", "number", number={"min": "1e3", "max": "9"}),
        question("a", "text", max_length=2001),
    ],
)
def test_what_is_malformed_is_refused(broken: dict[str, Any]) -> None:
    """Before the model sees it."""
    with pytest.raises(ValidationError):
        loaded(broken)


@pytest.mark.parametrize(
    "condition",
    [
        {},
        {"question": "age"},
        {"in": ["60+"]},
        {"question": "age", "in": []},
        {"question": "age", "in": ["60+"], "not": {"question": "age", "in": ["60+"]}},
        {"all": []},
        {"not": {"not": {"not": {"question": "age", "in": ["60+"]}}}},
    ],
)
def test_a_condition_has_one_shape_and_is_at_most_three_deep(condition: dict[str, Any]) -> None:
    """What nobody could read is refused, and what has no end with it."""
    with pytest.raises(ValidationError):
        loaded(AGE, WHY | {"if": condition})
