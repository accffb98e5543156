"""Calls: deadlines, typed errors, who asks, and nothing of ours in an answer."""

from __future__ import annotations

import json
import signal
import time
import uuid
from typing import Any

import pytest
from kombu import Queue

from services.chassis.codec import CALL_TYPE
from services.commons import errors

from .house import House, until

MARKER = "somebody's words 13800000000"
#: A reply queue that does not exist; of another form the broker would refuse it.
NOBODY = str(uuid.uuid4())
KINDS = ("Invalid", "NotFound", "Conflict", "Stale", "Forbidden", "Unavailable", "DeadlineExceeded")


@pytest.mark.parametrize("kind", KINDS)
def test_typed_errors_survive_the_wire(sqlite_house: House, kind: str) -> None:
    """The class, the code, both languages and the places."""
    with pytest.raises(getattr(errors, kind)) as caught:
        sqlite_house.call("notes", "fail", kind)
    exc: Any = caught.value
    assert (exc.code, exc.en, exc.zh) == ("some-code", "in English", "中文")
    assert exc.errors == [{"pointer": "/title", "detail": "is wrong"}]


def test_who_asks_and_with_what_arrives(sqlite_house: House) -> None:
    """The principal, the request's id, the trace, the key, the expected version."""
    trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    found = sqlite_house.call(
        "notes",
        "who_asks",
        subject="王",
        roles=("deputy", "recorder"),
        request_id="request-1",
        traceparent=trace,
        idempotency_key="key-1",
        expected_version=3,
    )
    assert found == {
        "subject": "王",
        "roles": ["deputy", "recorder"],
        "request_id": "request-1",
        "traceparent": trace,
        "idempotency_key": "key-1",
        "expected_version": 3,
    }


def test_the_text_of_an_unexpected_exception_stays_inside(sqlite_house: House) -> None:
    """Neither the caller nor a log gets it; the log has where it happened and the request's id."""
    with pytest.raises(errors.Internal) as caught:
        sqlite_house.call("notes", "break_down", MARKER, request_id="request-2")
    assert MARKER not in str(caught.value.args)
    logs = sqlite_house.logs()
    assert MARKER not in logs
    (line,) = [one for one in logs.splitlines() if "request-2" in one]
    assert "call_failed" in line and "RuntimeError" in line and ":break_down" in line


def test_an_answer_that_no_message_can_carry_is_a_fault_of_ours(sqlite_house: House) -> None:
    """And the service goes on."""
    with pytest.raises(errors.Internal):
        sqlite_house.call("notes", "answer_nonsense")
    assert sqlite_house.call("notes", "who_asks")["subject"] == "somebody"


@pytest.mark.parametrize(
    ("method", "args"), [("no_such_method", []), ("who_asks", [1, 2]), ("write", []), ("store", [])]
)
def test_a_call_that_fits_no_method_is_answered(
    sqlite_house: House, method: str, args: list[Any]
) -> None:
    """At once, as a fault of ours: the gateway is wrong, not its client."""
    began = time.monotonic()
    with pytest.raises(errors.Internal):
        sqlite_house.call("notes", method, *args)
    assert time.monotonic() - began < 5


def test_a_deadline_ends_the_wait_and_the_retry_finds_the_same_thing(house: House) -> None:
    """What the first try did in the end is what the second one answers."""
    key = str(uuid.uuid4())
    body = {"text": "合成"}
    began = time.monotonic()
    with pytest.raises(errors.DeadlineExceeded):
        house.call("notes", "write_slowly", 0.6, body, deadline=0.2, idempotency_key=key)
    assert time.monotonic() - began < 0.5
    before = len(house.rows("notes", "notes"))
    second = house.call("notes", "write_slowly", 0.6, body, idempotency_key=key)
    third = house.call("notes", "write_slowly", 0, body, idempotency_key=key + "x")
    assert third["id"] != second["id"]
    assert len(house.rows("notes", "notes")) == before + 2
    assert house.call("notes", "write_slowly", 0.6, body, idempotency_key=key) == second


def test_a_service_that_hangs_is_late_and_its_call_expires(sqlite_house: House) -> None:
    """Nobody does what nobody waits for any more."""
    house = sqlite_house
    notes = next(process for process in house.processes if process.name == "notes")
    before = len(house.rows("notes", "notes"))
    notes.signal(signal.SIGSTOP)
    with pytest.raises(errors.DeadlineExceeded):
        house.call("notes", "write", {"text": "合成"}, deadline=0.5)
    time.sleep(0.1)
    notes.signal(signal.SIGCONT)
    house.call("notes", "write", {"text": "合成"})
    assert len(house.rows("notes", "notes")) == before + 1


def test_a_service_that_is_not_there_is_late(sqlite_house: House) -> None:
    """A call that waits in the queue is gone at its deadline."""
    with pytest.raises(errors.DeadlineExceeded):
        sqlite_house.call("proposal", "list_aspects", {}, deadline=0.3)
    until(lambda: sqlite_house.depth("rpc-proposal") == 0)


@pytest.mark.parametrize(
    ("body", "properties"),
    [
        (b"{", {}),
        (b"\xff\xfe", {}),
        (b"[]", {"reply_to": NOBODY}),
        (b"{}", {"reply_to": NOBODY}),
        (b'{"args": [], "kwargs": {}}', {}),
        (b'{"args": 5, "kwargs": 6}', {"reply_to": NOBODY}),
        (b'{"args": [], "kwargs": {}}', {"content_type": "application/x-python-serialize"}),
        (b'{"args": [], "kwargs": {}}', {"headers": {"nameko.call": "{"}}),
        (b'{"args": [], "kwargs": {}}', {"headers": {"nameko.call": "{}"}, "reply_to": NOBODY}),
        (b'{"args": [], "kwargs": {}}', {"headers": {"nameko.call": 5}, "reply_to": NOBODY}),
    ],
    ids=range(10),
)
def test_a_malformed_call_hurts_nobody(
    sqlite_house: House, body: bytes, properties: dict[str, Any]
) -> None:
    """Whatever stands in it, the service answers the next one."""
    house = sqlite_house
    running = [process for process in house.processes if process.alive]
    with house.channel("gateway") as channel:
        properties = dict(properties)
        headers = properties.pop("headers", {})
        message = channel.prepare_message(
            body,
            content_type=properties.pop("content_type", CALL_TYPE),
            content_encoding="utf-8",
            headers=headers,
            properties=properties,
        )
        channel.basic_publish(message, "nameko-rpc", "notes.who_asks")
    assert house.call("notes", "who_asks")["subject"] == "somebody"
    with house.channel() as channel:
        until(lambda: Queue("rpc-notes", channel=channel).get() is None)
    assert json.dumps(body.decode("latin-1")) not in house.logs()
    assert all(process.alive for process in running)
