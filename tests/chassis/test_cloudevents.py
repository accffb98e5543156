"""The envelope of events."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from services.chassis.cloudevents import Event, routing_key
from services.chassis.codec import loads
from services.commons.errors import Invalid

EVENT = Event(
    id="11111111-1111-4111-8111-111111111111",
    type="proposal.suggestion.submitted.v1",
    source="/330100/proposal",
    subject="22222222-2222-4222-8222-222222222222",
    version=3,
    time=dt.datetime(2023, 2, 22, 1, 2, 3, tzinfo=dt.UTC),
    data={"title": "老年食堂"},
    traceparent="00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
)


def envelope(**changes: Any) -> dict[str, Any]:
    """The event as it travels, with changes."""
    found: dict[str, Any] = json.loads(EVENT.to_json()) | changes
    return found


def test_an_event_survives_the_way() -> None:
    """What is written is read again, and is CloudEvents 1.0."""
    assert Event.from_envelope(envelope()) == EVENT
    written = envelope()
    assert written["specversion"] == "1.0" and written["time"] == "2023-02-22T01:02:03Z"
    assert written["datacontenttype"] == "application/json" and written["aggregateversion"] == 3


def test_what_we_do_not_know_is_ignored() -> None:
    """A producer of tomorrow may add attributes."""
    assert Event.from_envelope(envelope(dataschema="https://example.org")) == EVENT


@pytest.mark.parametrize(
    "changes",
    [
        {"specversion": "0.3"},
        {"id": ""},
        {"id": 5},
        {"type": None},
        {"source": ["x"]},
        {"subject": {}},
        {"aggregateversion": "three"},
        {"aggregateversion": "3"},
        {"aggregateversion": True},
        {"aggregateversion": 3.5},
        {"aggregateversion": 0},
        {"time": "yesterday"},
        {"time": 5},
        {"time": "2023-02-22T01:02:03"},
        {"time": "2023-02-22"},
        {"data": []},
        {"data": None},
        {"traceparent": 5},
    ],
)
def test_a_malformed_envelope_is_invalid(changes: dict[str, Any]) -> None:
    """Whatever is wrong, it is Invalid and nothing else; a time without its zone is wrong."""
    with pytest.raises(Invalid):
        Event.from_envelope(envelope(**changes))


@pytest.mark.parametrize("thing", [None, 5, "text", [], {}, [1, 2]])
def test_what_is_no_envelope_at_all_is_invalid(thing: Any) -> None:
    """JSON that is no object."""
    with pytest.raises(Invalid):
        Event.from_envelope(thing)


def test_the_code_stands_last_in_the_routing_key() -> None:
    """So that a district's binding is a plain pattern."""
    assert routing_key("suggestion.submitted.v1", "330106") == "suggestion.submitted.v1.330106"


@pytest.mark.parametrize("text", ['{"a": NaN}', '{"a": Infinity}', '{"a": -Infinity}', "{", ""])
def test_only_json_is_read(text: str) -> None:
    """Python's own extensions are refused."""
    with pytest.raises(ValueError):
        loads(text)


def test_nobody_s_text_becomes_an_object() -> None:
    """Kombu's own JSON would make a date of this."""
    given = {"__type__": "datetime", "__value__": "2023-01-01"}
    assert loads(json.dumps(given)) == given
