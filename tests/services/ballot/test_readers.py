"""The tolerant readers, against the producer's own examples."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import pytest
from marshmallow import ValidationError

from services.ballot.readers import ShortlistAdopted


def examples() -> list[dict[str, Any]]:
    """What proposal says that its event looks like."""
    file = resources.files("services.proposal") / "events" / "shortlist.adopted.v1.json"
    found: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))["examples"]
    return found


def test_reads_the_producers_examples() -> None:
    """Every example of the producer is read, with its candidates."""
    assert examples()
    for example in examples():
        loaded = ShortlistAdopted().load(example)
        assert [one["id"] for one in loaded["candidates"]] == [
            one["id"] for one in example["candidates"]
        ]


def test_new_fields_are_ignored_and_missing_ones_refused() -> None:
    """What a producer adds is passed over; what is needed must be there."""
    example = examples()[0]
    loaded = ShortlistAdopted().load(example | {"colour": "red"})
    assert "colour" not in loaded
    del example["candidates"][0]["sub_items"]
    with pytest.raises(ValidationError):
        ShortlistAdopted().load(example)
