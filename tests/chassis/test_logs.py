"""Logs: static names and ids; what somebody wrote stands nowhere but where it belongs."""

from __future__ import annotations

import json
import logging
import uuid
from collections.abc import Callable
from typing import Any

import pytest
import structlog

from services.chassis import deadletters, logs
from services.commons.errors import Conflict, Internal, Invalid

from .house import House, until


def test_what_somebody_wrote_is_in_no_log_metric_or_dead_letter(house: House) -> None:
    """Whatever happens to a body: taken, refused, repeated wrongly, or in a failing call."""
    marker = f"13800000000-{uuid.uuid4().hex}"
    key = str(uuid.uuid4())
    who = f"{marker}-caller"
    body = {"text": marker, "behaviour": "raise"}
    made = house.call("notes", "write", body, idempotency_key=key, subject=who)
    refused: list[tuple[Callable[[], Any], type[Exception]]] = [
        (lambda: house.call("notes", "write", {"text": marker, marker: marker}), Invalid),
        (lambda: house.call("notes", "write", {"text": marker}, idempotency_key=key), Invalid),
        (lambda: house.call("notes", "break_down", marker), Internal),
        (lambda: house.call("notes", "no_such", marker), Internal),
        (lambda: house.call("notes", "fail", "Conflict", subject=who), Conflict),
    ]
    for call, error in refused:
        with pytest.raises(error):
            call()
    letters = until(
        lambda: [
            one
            for one in deadletters.read(house.uri("owner"), ["reader"])
            if one.envelope.get("subject") == made["id"]
        ]
    )
    assert marker not in letters[0].text() and marker not in letters[0].line()
    assert marker not in house.logs()
    for process in house.processes:
        assert marker not in process.get("/metrics")[1]


def test_a_handler_s_exception_keeps_its_text_to_itself(sqlite_house: House) -> None:
    """The log names the event, its type, the error's class and where it was raised."""
    house = sqlite_house
    event = house.publish({"id": str(uuid.uuid4()), "revision": 0, "behaviour": "raise"})
    until(lambda: f"event_id={event.id}" in house.logs())
    line = next(one for one in house.logs().splitlines() if f"event_id={event.id}" in one)
    assert "event_failed" in line and "type=notes.note.written.v1" in line
    assert "error=RuntimeError" in line and ":_misbehave" in line
    assert "secret-of-a-handler" not in house.logs()


def test_lines_are_json_where_that_is_asked_for(own_house: House) -> None:
    """One document a line, with the service, the time and a static name."""
    process = own_house.start("notes", LOG_FORMAT="json")
    process.stop()
    lines = [json.loads(line) for line in process.log().splitlines()]
    assert [line["event"] for line in lines if line["level"] == "info"] == [
        "started",
        "stopping",
        "stopped",
    ]
    assert {line["service"] for line in lines} == {"notes"}
    assert all(line["timestamp"].endswith("Z") for line in lines)


def test_libraries_messages_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    """They may hold a body or a parameter; that they spoke is told."""
    before = logging.getLogger().handlers[:], logging.getLogger().level
    try:
        logs.configure("test", "json", "info")
        logging.getLogger("some.library").warning("cannot decode %s", "13800000000")
        try:
            raise ValueError("13800000000")
        except ValueError:
            logging.getLogger("some.library").exception("failed")
    finally:
        logging.getLogger().handlers[:], level = before
        logging.getLogger().setLevel(level)
        structlog.reset_defaults()
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["event"] == second["event"] == "library_log"
    assert first["logger"] == "some.library" and second["error"] == "ValueError"
    assert "13800000000" not in json.dumps([first, second])
