"""The contracts: what the model publishes keeps them, and so do their examples."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from services.ballot.model.outcome import Kind
from services.commons.aggregate import Aggregate
from tests.services.ballot.model.test_register import deputy
from tests.services.ballot.samples import CITY, NOON, day, officer, opened, session, vote

TYPES = [
    "ballot-method.adopted.v1",
    "ballot-method.discussed.v1",
    "ballot-method.drafted.v1",
    "ballot-method.submitted.v1",
    "ballot.opened.v1",
    "ballot.voided.v1",
    "deputy.enrolled.v1",
    "deputy.signed-in.v1",
    "officer.approved.v1",
    "result.announced.v1",
    "result.certified.v1",
    "session.opened.v1",
]


def contract(type_: str) -> dict[str, Any]:
    """The JSON Schema of an event's data."""
    file = resources.files("services.ballot") / "events" / f"{type_}.json"
    schema: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return schema


def check(type_: str, data: dict[str, Any]) -> None:
    """Raise unless the data, as it goes over the wire, keeps the contract."""
    checker = Draft202012Validator.FORMAT_CHECKER
    wire = json.loads(json.dumps(data))
    Draft202012Validator(contract(type_), format_checker=checker).validate(wire)


def published(*entities: Aggregate) -> set[str]:
    """Check every event that the entities recorded; their types."""
    types = set()
    for entity in entities:
        for event in entity.take_recorded():
            check(event.type, entity.public_state() | event.detail)
            types.add(event.type)
    return types


@pytest.mark.parametrize("type_", TYPES)
def test_examples_keep_their_contract(type_: str) -> None:
    """Each contract is a schema, and its examples keep it."""
    Draft202012Validator.check_schema(contract(type_))
    assert contract(type_)["examples"]
    for example in contract(type_)["examples"]:
        check(type_, example)


def test_events_keep_their_contract() -> None:
    """Everything that the model publishes, a run-off too, keeps the contracts, all of them."""
    member, meeting, ballot = deputy((CITY, "city")), session(), opened(4, seats=2)
    sign_in = meeting.sign_in(member, day("02-22"), NOON)
    vote(ballot, [480, 400, 400, 300])
    ballot.open_next(Kind.RUN_OFF, present=491, on=day("02-22"))
    vote(ballot, [200, 210], medium="hands")
    ballot.certify(by="chief", on=day("02-22"))
    ballot.announce(number=2, signed_by="大会主席团(合成)", by="chair", on=day("02-22"))
    given_up = opened(4, seats=2)
    given_up.void(reason="合成", by="chair", on=day("02-22"))
    everything = [member, meeting, sign_in, officer("chief-scrutineer"), ballot, ballot.method]
    everything.append(given_up)
    assert published(*everything) == set(TYPES)
