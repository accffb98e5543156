"""The contracts of supervision's events, and the readers of the events it hears."""

from __future__ import annotations

import json
import re
from importlib import resources
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from services.chassis.contracts import Contracts
from services.chassis.messaging import Subscription
from services.chassis.readers import Reader
from services.supervision import readers
from services.supervision.service import SupervisionService

from ...harness import example

FOLDER = resources.files("services.supervision") / "events"
CONTRACTS: dict[str, dict[str, Any]] = {
    file.name.removesuffix(".json"): json.loads(file.read_text("utf-8"))
    for file in FOLDER.iterdir()
    if file.name.endswith(".json")
}


@pytest.mark.parametrize("type_", sorted(CONTRACTS))
def test_a_contract_is_sound_and_its_examples_keep_it(type_: str) -> None:
    """Each contract is a JSON Schema with an audience, and its examples fit it, formats too."""
    contract = CONTRACTS[type_]
    Draft202012Validator.check_schema(contract)
    assert contract["x-audience"] in ("internal", "districts", "all")
    assert contract["examples"]
    for data in contract["examples"]:
        Draft202012Validator(contract, format_checker=FormatChecker()).validate(data)


def test_every_event_that_a_model_records_has_its_contract_and_no_other_has() -> None:
    """What is recorded in the sources is what the folder promises.

    That each one keeps its contract, the harness checks whenever a test looks at events.
    """
    recorded = set()
    for package in ("services.supervision", "services.commons"):
        with resources.as_file(resources.files(package)) as folder:
            for source in folder.rglob("*.py"):
                text = source.read_text("utf-8")
                recorded |= set(re.findall(r'"([a-z-]+\.[a-z-]+\.v[0-9]+)"', text))
    heard = {name for _, name, _ in HEARD}
    assert recorded - heard == set(CONTRACTS)


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
    ("survey", "rectification.required.v1", readers.RectificationRequired),
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
