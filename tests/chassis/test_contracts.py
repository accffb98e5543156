"""Contracts of events as data."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest

from services.chassis.contracts import AUDIENCES, Contracts

PACKAGE = "tests.chassis.services_for_tests.notes"


def test_a_package_s_contracts_are_read() -> None:
    """One per file, by the event's type."""
    assert set(Contracts.of_package(PACKAGE).schemas) == {"note.written.v1", "note.revised.v1"}


def test_a_package_without_events_has_none() -> None:
    """It need not have the folder."""
    assert Contracts.of_package("tests.chassis.services_for_tests.reader").schemas == {}


def test_the_audience_decides_who_is_told() -> None:
    """Internal: nobody else; districts: those it concerns, once each; all: everybody."""
    contracts = Contracts({kind: {"x-audience": kind} for kind in AUDIENCES})
    codes = ["330106", "330102", "330106"]
    assert contracts.concerned("internal", codes) == []
    assert contracts.concerned("districts", codes) == ["330102", "330106"]
    assert contracts.concerned("districts", []) == []
    assert contracts.concerned("all", codes) == ["all"]


def test_an_event_without_a_contract_cannot_be_published() -> None:
    """It fails where it is made, not at the consumers."""
    with pytest.raises(KeyError):
        Contracts({}).concerned("note.burnt.v1", [])


@pytest.mark.parametrize("package", ["services.proposal", PACKAGE])
def test_contracts_are_schemas_with_examples_that_fit(package: str) -> None:
    """JSON Schema 2020-12, an audience, no unknown fields, and examples."""
    for schema in Contracts.of_package(package).schemas.values():
        _check(schema)


def _check(schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["x-audience"] in AUDIENCES and schema["additionalProperties"] is False
    assert schema["examples"]
    for example in schema["examples"]:
        jsonschema.validate(example, schema, format_checker=jsonschema.FormatChecker())
