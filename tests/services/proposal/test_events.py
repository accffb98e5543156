"""The contracts of this service's events."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from services.chassis.contracts import AUDIENCES, Contracts

CONTRACTS: dict[str, dict[str, Any]] = Contracts.of_service("proposal").schemas
#: What no event may carry: people, texts, exact places.
NEVER = {"text", "author", "entered_by", "contact", "name_of_author", "longitude", "latitude"}


@pytest.mark.parametrize("type_", sorted(CONTRACTS))
def test_a_contract_is_sound_and_its_examples_keep_it(type_: str) -> None:
    """Each contract is a JSON Schema with an audience, and its examples fit it, formats too."""
    contract = CONTRACTS[type_]
    Draft202012Validator.check_schema(contract)
    assert contract["x-audience"] in AUDIENCES
    assert contract["examples"]
    for data in contract["examples"]:
        Draft202012Validator(contract, format_checker=FormatChecker()).validate(data)


@pytest.mark.parametrize("type_", sorted(name for name in CONTRACTS if "suggestion." in name))
def test_a_suggestions_event_has_no_room_for_people_and_texts(type_: str) -> None:
    """Closed, and without such a field."""
    contract = CONTRACTS[type_]
    assert contract["additionalProperties"] is False
    assert not NEVER & contract["properties"].keys()
    assert "draft" not in contract["properties"].get("state", {}).get("enum", [])
