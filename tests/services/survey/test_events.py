"""The contracts: what the model publishes keeps them, and so do their examples."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.services.survey.samples import method, opened, parameters, zhenhai

TYPES = ["questionnaire.opened.v1", "rectification.required.v1", "score.published.v1"]


def contract(type_: str) -> dict[str, Any]:
    """The JSON Schema of an event's data."""
    file = resources.files("services.survey") / "events" / f"{type_}.json"
    schema: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return schema


def check(type_: str, data: dict[str, Any]) -> None:
    """Raise unless the data, as it goes over the wire, keeps the contract."""
    checker = Draft202012Validator.FORMAT_CHECKER
    wire = json.loads(json.dumps(data))
    Draft202012Validator(contract(type_), format_checker=checker).validate(wire)


@pytest.mark.parametrize("type_", TYPES)
def test_examples_keep_their_contract(type_: str) -> None:
    """Each contract is a schema, and its examples keep it."""
    Draft202012Validator.check_schema(contract(type_))
    assert contract(type_)["examples"]
    for example in contract(type_)["examples"]:
        check(type_, example)


@pytest.mark.parametrize("data", [parameters(), zhenhai(inclusive=True, denominator="valid")])
def test_events_keep_their_contract(data: dict[str, Any]) -> None:
    """What a questionnaire publishes keeps the contracts, also without rates and grades."""
    given = opened(3, method=method(data))
    given.answer(next(iter(given.roll.answered)), "satisfied", None)
    given.close()
    given.publish()
    for event in given.questionnaire.take_recorded():
        check(event.type, given.questionnaire.public_state() | event.detail)


def test_published_score_holds_counts_and_exact_rates() -> None:
    """The published event says the counts, the denominator and fractions as counted."""
    given = opened(4, method=method(parameters()))
    grades = ["satisfied", "satisfied", "dissatisfied"]
    for deputy, grade in zip(list(given.roll.answered)[:3], grades, strict=True):
        given.answer(deputy, grade)
    given.close()
    given.publish()
    detail = given.questionnaire.take_recorded()[-1].detail
    assert detail["returned"] == 3
    assert [(i["kind"], i["denominator"], i["top1"], i["grade"]) for i in detail["items"]] == [
        ("project", 3, "2/3", None),
        ("sub-item", 3, "2/3", None),
    ]
