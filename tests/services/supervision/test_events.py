"""The contracts of supervision's events, and the readers of the events it hears."""

from __future__ import annotations

import datetime as dt
import json
from importlib import resources
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from services.chassis.contracts import Contracts
from services.chassis.messaging import Subscription
from services.chassis.readers import Reader
from services.supervision import readers
from services.supervision.model.meeting import LookBack
from services.supervision.service import SupervisionService

from ...harness import example
from .model.test_entities import D, opinion, project

FOLDER = resources.files("services.supervision") / "events"
CONTRACTS: dict[str, dict[str, Any]] = {
    file.name.removesuffix(".json"): json.loads(file.read_text("utf-8"))
    for file in FOLDER.iterdir()
    if file.name.endswith(".json")
}
NOW = dt.datetime(2023, 12, 1, tzinfo=dt.UTC)


def check(type_: str, data: dict[str, Any]) -> None:
    """Raise unless the data keeps the contract (ids of the samples are no UUIDs)."""
    Draft202012Validator(CONTRACTS[type_]).validate(data)


@pytest.mark.parametrize("type_", sorted(CONTRACTS))
def test_a_contract_is_sound_and_its_examples_keep_it(type_: str) -> None:
    """Each contract is a JSON Schema with an audience, and its examples fit it, formats too."""
    contract = CONTRACTS[type_]
    Draft202012Validator.check_schema(contract)
    assert contract["x-audience"] in ("internal", "districts", "all")
    assert contract["examples"]
    for data in contract["examples"]:
        Draft202012Validator(contract, format_checker=FormatChecker()).validate(data)


def test_what_the_model_records_keeps_the_contracts() -> None:
    """Every event of the entities fits its contract, and none is left out."""
    seen = {"project.adopted.v1", "opinion.raised.v1"}
    p, o = project(), opinion()
    check("project.adopted.v1", p.public_state())
    check("opinion.raised.v1", o.public_state())
    p.report_progress(
        sub_item_id="open", month="2023-06", quantity=None, share=1, text="",
        happened_on=D("2023-06-30"), recorded_at=NOW,
    )  # fmt: skip
    p.report_progress(
        sub_item_id="numbered", month="2023-06", quantity=100, share=None, text="",
        happened_on=D("2023-06-30"), recorded_at=NOW,
    )  # fmt: skip
    o.handle(unit_id="u", text="", happened_on=D("2023-06-20"))
    o.reply(unit_id="u", text="", happened_on=D("2023-06-20"))
    back = LookBack.make(
        project_name="旧", project_year=2021, finding="", effective=True,
        happened_on=D("2023-09-01"), recorded_at=NOW,
    )  # fmt: skip
    for entity in (p, o, back):
        for event in entity.take_recorded():
            check(event.type, entity.public_state() | event.detail)
            seen.add(event.type)
    assert seen == set(CONTRACTS)


HEARD: list[tuple[str, str, type[Reader]]] = [
    ("proposal", "unit.registered.v1", readers.UnitRegistered),
    ("proposal", "suggestion.submitted.v1", readers.SuggestionChanged),
    ("proposal", "suggestion.sorted.v1", readers.SuggestionChanged),
    ("proposal", "suggestion.matched.v1", readers.SuggestionChanged),
    ("proposal", "suggestion.withdrawn.v1", readers.SuggestionChanged),
    ("proposal", "suggested-project.distilled.v1", readers.SuggestedProjectDistilled),
    ("ballot", "deputy.enrolled.v1", readers.DeputyEnrolled),
    ("ballot", "session.opened.v1", readers.SessionOpened),
    ("ballot", "deputy.signed-in.v1", readers.DeputySignedIn),
    ("ballot", "result.certified.v1", readers.ResultCertified),
    ("survey", "score.published.v1", readers.ScorePublished),
]


@pytest.mark.parametrize(("producer", "name", "reader"), HEARD, ids=[name for _, name, _ in HEARD])
def test_a_reader_takes_the_producers_examples_and_overlooks_what_is_new(
    producer: str, name: str, reader: type[Reader]
) -> None:
    """Every example of the producer's contract is read, also with fields that came later."""
    for data in Contracts.of_service(producer).schemas[name]["examples"]:
        plain = reader().load(data)
        assert plain["id"] == data["id"]
        assert reader().load(data | {"something": {"new": 1}}) == plain


def test_nobody_reads_who_made_a_suggestion() -> None:
    """The figures need to know only whether a deputy made it."""
    data = example("proposal", "suggestion.submitted.v1")
    assert "deputy_id" not in readers.SuggestionChanged().load(data)


def test_every_event_that_is_heard_has_its_reader_tested() -> None:
    """The table above is the service's own list of subscriptions."""
    methods = [getattr(SupervisionService, name) for name in dir(SupervisionService)]
    heard = {
        (entrypoint.source, entrypoint.type)
        for method in methods
        for entrypoint in getattr(method, "nameko_entrypoints", ())
        if isinstance(entrypoint, Subscription)
    }
    assert heard == {(producer, name) for producer, name, _ in HEARD}
