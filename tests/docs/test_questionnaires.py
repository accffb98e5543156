"""The examples in docs/survey/questionnaires.md are what the software takes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from services.survey import templates
from services.survey.model.form import Form, Item, Kind
from services.survey.model.method import Option
from services.survey.schemas.templates import DraftTemplate

PAGE = (Path(__file__).parents[2] / "docs/survey/questionnaires.md").read_text("utf-8")
ITEMS = [
    Item(id_, id_, "project", "合成项目")
    for id_ in ("11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222")
]


def example(name: str) -> Any:
    """The JSON after the comment with this name."""
    found = re.search(rf"<!-- {name} -->\n```json\n(.*?)```", PAGE, re.S)
    assert found
    return json.loads(found[1])


def test_the_example_is_read() -> None:
    """Its questions make a form, and its answers fit."""
    words = {"title": "合成", "description": "合成", "happened_on": "2023-11-01"}
    written = DraftTemplate().load(words | {"questions": example("questions")})["questions"]
    grades = [Option("satisfied", "满意"), Option("dissatisfied", "不满意")]
    reading = Form.from_data(written, ITEMS, grades).read(example("answers"), form_version=1)
    assert reading.cell == "district=district-a"
    assert len(reading.comments) == 1


def test_every_kind_and_every_shipped_template_is_named() -> None:
    """In a table each."""
    assert all(f"| `{kind}` " in PAGE for kind in Kind)
    assert all(f"| `{name}` |" in PAGE for name in templates.names())
